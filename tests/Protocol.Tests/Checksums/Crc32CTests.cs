using HaiSoft.Protocol.Checksums;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Checksums;

public sealed class Crc32CTests
{
    [Fact]
    public void It_is_the_castagnoli_one() => Crc32C.Of("123456789"u8).ShouldBe(0xE3069283); // check value of RFC 3720's CRC

    [Fact]
    public void What_is_summed_in_parts_has_the_sum_of_the_whole()
    {
        ReadOnlySpan<byte> whole = "a record of more than one word, and a rest"u8;

        for (var cut = 0; cut <= whole.Length; cut++)
            Crc32C.Of(whole[cut..], Crc32C.Of(whole[..cut])).ShouldBe(Crc32C.Of(whole));
    }
}
