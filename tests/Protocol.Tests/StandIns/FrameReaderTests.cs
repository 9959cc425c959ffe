using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Net.Framing;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.StandIns;

public sealed class FrameReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Messages_are_read_however_the_bytes_are_cut(int cut)
    {
        var pipe = new Pipe();
        var reader = new FrameReader(pipe.Reader, 1000);
        var bytes = new[] { 0, 5, 300 }.SelectMany(Frame).ToArray();
        var reading = ReadAllAsync(reader);
        foreach (var part in bytes.Chunk(cut))
        {
            await pipe.Writer.WriteAsync(part);
        }

        await pipe.Writer.CompleteAsync();
        (await reading).ShouldBe([0, 5, 300]);
    }

    [Fact]
    public async Task A_length_above_the_limit_is_refused_before_its_bytes_are_there()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(new byte[] { 0, 0, 0, 3, 233 });

        var failure = await ReadAllAsync(new FrameReader(pipe.Reader, 1000)).ShouldThrowAsync<RpcException>();

        failure.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task A_message_of_just_the_limit_is_read()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Frame(1000));
        await pipe.Writer.CompleteAsync();
        (await ReadAllAsync(new FrameReader(pipe.Reader, 1000))).ShouldBe([1000]);
    }

    [Fact]
    public async Task An_end_inside_of_a_message_is_an_error()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Frame(10).AsMemory(0, 14));
        await pipe.Writer.CompleteAsync();
        (await ReadAllAsync(new FrameReader(pipe.Reader, 1000)).ShouldThrowAsync<RpcException>()).StatusCode.ShouldBe(StatusCode.Internal);
    }

    private static byte[] Frame(int length) => [0, 0, 0, (byte)(length >> 8), (byte)length, .. new byte[length]];

    private static async Task<List<int>> ReadAllAsync(FrameReader reader)
    {
        var lengths = new List<int>();
        while (true)
        {
            var frame = await reader.ReadAsync(context => context.PayloadLength, CancellationToken.None);
            if (!frame.HasMessage)
            {
                return lengths;
            }

            lengths.Add(frame.Message);
        }
    }
}
