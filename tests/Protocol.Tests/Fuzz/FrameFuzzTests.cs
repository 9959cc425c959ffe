using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Net.Framing;
using HaiSoft.Testing.Fuzzing;
using Xunit;

namespace HaiSoft.Protocol.Tests.Fuzz;

/// <summary>Whatever bytes come, the frame decoder yields messages within its limit or refuses with a status.</summary>
public sealed class FrameFuzzTests
{
    private const int Limit = 64 * 1024;

    [Fact]
    public void Whatever_bytes_come_they_are_messages_or_refused() => Run(TimeSpan.FromSeconds(3));

    [Fact]
    [Trait("Category", "Soak")]
    public void Whatever_bytes_come_they_are_messages_or_refused_for_long() => Run(TimeSpan.FromMinutes(10));

    private static void Run(TimeSpan length) => TestContext.Current.TestOutputHelper?.WriteLine(
        Fuzzer.Run("frames", [.. Corpus()], Take, length, TestContext.Current.CancellationToken));

    private static IEnumerable<byte[]> Corpus()
    {
        byte[] some = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];
        yield return Frame(0, some);
        yield return [.. Frame(0, []), .. Frame(0, some), .. Frame(1, Packed(some))];
        yield return Frame(1, Packed(new byte[Limit]));
        yield return Frame(1, Packed(new byte[Limit + 1]));
        yield return Frame(0, new byte[Limit]);
    }

    private static void Take(byte[] input)
    {
        // Cut anywhere, as packets are; the input itself says where.
        int cut = input.Length == 0 ? 0 : input[^1] % input.Length;
        FrameReader reader = new(Piped(input[..cut], input[cut..]), Limit) { Compression = new GzipCompressionProvider(CompressionLevel.Fastest) };
        try
        {
            while (true)
            {
                Frame<int> frame = reader.ReadAsync(context => checked((int)context.PayloadAsReadOnlySequence().Length), CancellationToken.None).AsTask().GetAwaiter().GetResult();
                if (!frame.HasMessage)
                    return;
                if (frame.Message > Limit)
                    throw new InvalidDataException($"A message of {frame.Message} bytes came through.");
            }
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Internal or StatusCode.ResourceExhausted)
        {
            // Refused.
        }
    }

    private static byte[] Packed(byte[] plain)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            gzip.Write(plain);
        return packed.ToArray();
    }

    private static byte[] Frame(byte flag, byte[] message) =>
        [flag, (byte)(message.Length >> 24), (byte)(message.Length >> 16), (byte)(message.Length >> 8), (byte)message.Length, .. message];

    private static PipeReader Piped(params ReadOnlySpan<byte[]> parts)
    {
        Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 0));
        foreach (byte[] part in parts)
        {
            pipe.Writer.Write(part);
            if (!pipe.Writer.FlushAsync().AsTask().IsCompletedSuccessfully)
                throw new InvalidOperationException("A pipe without a bound has held its writer back.");
        }

        pipe.Writer.Complete();
        return pipe.Reader;
    }
}
