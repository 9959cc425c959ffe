using System.Buffers;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Net.Framing;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.StandIns;

public sealed class FrameWriterTests
{
    private readonly ArrayBufferWriter<byte> _output = new();

    [Fact]
    public void A_message_that_tells_its_length_is_written_behind_its_header()
    {
        new FrameWriter(null).Write(_output, 3, Announced(3), compress: true);
        _output.WrittenSpan.ToArray().ShouldBe([0, 0, 0, 0, 3, 9, 9, 9]);
    }

    [Fact]
    public void A_message_that_does_not_is_gathered_first()
    {
        new FrameWriter(null).Write(_output, 3, (count, context) => Fill(count, context), compress: true);
        _output.WrittenSpan.ToArray().ShouldBe([0, 0, 0, 0, 3, 9, 9, 9]);
    }

    [Fact]
    public void A_message_above_the_limit_leaves_nothing_behind()
    {
        var writer = new FrameWriter(2);
        Should.Throw<RpcException>(() => writer.Write(_output, 3, Announced(3), compress: true)).StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        Should.Throw<RpcException>(() => writer.Write(_output, new byte[3], (bytes, context) => context.Complete(bytes), compress: true));
        _output.WrittenCount.ShouldBe(0);
        writer.IsOutputIntact.ShouldBeTrue();
    }

    [Fact]
    public void A_message_that_is_not_as_long_as_announced_spoils_the_output()
    {
        var writer = new FrameWriter(null);
        Should.Throw<InvalidOperationException>(() => writer.Write(_output, 3, Announced(4), compress: true));
        writer.IsOutputIntact.ShouldBeFalse();
    }

    [Fact]
    public void A_compressed_message_is_marked_and_unpacks_to_the_same()
    {
        var writer = new FrameWriter(null) { Compression = new GzipCompressionProvider(CompressionLevel.Fastest) };
        writer.Write(_output, 1000, Announced(1000), compress: true);
        var written = _output.WrittenSpan.ToArray();
        written[0].ShouldBe((byte)1);
        written.Length.ShouldBeLessThan(100);
        using var unpacked = new GZipStream(new MemoryStream(written[5..]), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        unpacked.CopyTo(plain);
        plain.ToArray().ShouldBe(Enumerable.Repeat((byte)9, 1000).ToArray());
    }

    private static Action<int, SerializationContext> Announced(int length) => (count, context) =>
    {
        context.SetPayloadLength(length);
        Fill(count, context);
    };

    private static void Fill(int count, SerializationContext context)
    {
        var target = context.GetBufferWriter();
        target.GetSpan(count)[..count].Fill(9);
        target.Advance(count);
        context.Complete();
    }
}
