using Grpc.Net.Wire;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.StandIns;

public sealed class PercentTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain ~text!", "plain ~text!")]
    [InlineData("100%", "100%25")]
    [InlineData("a\tb\r\n", "a%09b%0D%0A")]
    [InlineData("é☺😈", "%C3%A9%E2%98%BA%F0%9F%98%88")]
    [InlineData("\u007F", "%7F")]
    public void Text_goes_there_and_back(string text, string encoded)
    {
        PercentText.Encode(text).ShouldBe(encoded);
        PercentText.Decode(encoded).ShouldBe(text);
    }

    [Theory]
    [InlineData("%", "%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz", "%zz")]
    [InlineData("%%41", "%A")]
    [InlineData("%e2%98%ba", "☺")]
    [InlineData("%FF", "\uFFFD")]
    [InlineData("Ã©", "é")]
    public void What_is_broken_is_read_as_far_as_it_goes(string encoded, string text) => PercentText.Decode(encoded).ShouldBe(text);

    [Fact]
    public void Half_a_surrogate_pair_does_not_fail()
    {
        PercentText.Encode("a\uD83Db").ShouldBe("a%EF%BF%BDb");
        PercentText.Decode("a\uD83Db").ShouldBe("a\uFFFDb");
    }
}
