using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Net.Framing;

/// <summary>
/// Reads the messages of one call. A length above the limit is refused when its five bytes are there; a message that
/// never comes whole costs what has arrived of it, not what it claims.
/// </summary>
internal sealed class FrameReader(PipeReader pipe, int? maxSize)
{
    private const int HeaderSize = 5;
    private const int Piece = 4096;

    private MessagePayload? _payload;

    /// <summary>How compressed messages are to be read; null when the sender named no encoding.</summary>
    public ICompressionProvider? Compression { get; set; }

    /// <summary>Reads the next message; without one the stream has ended properly.</summary>
    /// <exception cref="RpcException">What was sent is not gRPC, or too large.</exception>
    public async ValueTask<Frame<T>> ReadAsync<T>(Func<DeserializationContext, T> deserializer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (result.IsCanceled)
            {
                pipe.AdvanceTo(buffer.Start);
                throw new OperationCanceledException("The read was cancelled.");
            }

            if (TryParse(buffer, out var compressed, out var body))
            {
                T message;
                try
                {
                    message = Deserialize(body, compressed, deserializer);
                }
                finally
                {
                    pipe.AdvanceTo(body.End);
                }

                return new Frame<T>(message);
            }

            pipe.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return buffer.IsEmpty ? default : throw Broken("The stream ended inside of a message.");
            }
        }
    }

    private bool TryParse(ReadOnlySequence<byte> buffer, out bool compressed, out ReadOnlySequence<byte> body)
    {
        compressed = false;
        body = default;
        if (buffer.Length < HeaderSize)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderSize];
        buffer.Slice(0, HeaderSize).CopyTo(header);
        compressed = header[0] switch
        {
            0 => false,
            1 => true,
            _ => throw Broken($"The compressed flag of a message is {header[0]}; it must be 0 or 1."),
        };
        if (compressed && Compression is null)
        {
            throw Broken("A message is marked as compressed, but no encoding was named.");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        if (length > (uint)(maxSize ?? Array.MaxLength))
        {
            throw TooLarge(length);
        }

        if (buffer.Length - HeaderSize < length)
        {
            return false;
        }

        body = buffer.Slice(HeaderSize, length);
        return true;
    }

    private T Deserialize<T>(ReadOnlySequence<byte> body, bool compressed, Func<DeserializationContext, T> deserializer)
    {
        var payload = _payload ??= new MessagePayload();
        if (!compressed)
        {
            return payload.Deserialize(body, deserializer);
        }

        var plain = new PooledBuffer();
        try
        {
            Decompress(body, plain);
            return payload.Deserialize(new ReadOnlySequence<byte>(plain.Written), deserializer);
        }
        finally
        {
            plain.Release();
        }
    }

    private void Decompress(ReadOnlySequence<byte> body, PooledBuffer plain)
    {
        if (body.IsEmpty)
        {
            // Some compressors make nothing of nothing.
            return;
        }

        try
        {
            // Unpacked twice: what is too large, or broken, must not cost the memory that it claims.
            var length = LengthOf(body);
            if (Compression!.EncodingName == "gzip" && !EndsWithLength(body, length))
            {
                throw Broken("A message could not be decompressed: it is cut.");
            }

            using var stream = Compression.CreateDecompressionStream(new SequenceStream(body));
            stream.ReadExactly(plain.GetSpan(length)[..length]);
            plain.Advance(length);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw Broken($"A message could not be decompressed: {broken.Message}");
        }
    }

    private int LengthOf(ReadOnlySequence<byte> body)
    {
        using var stream = Compression!.CreateDecompressionStream(new SequenceStream(body));
        var some = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            var length = 0;
            for (int read; (read = stream.Read(some)) != 0;)
            {
                length += read;
                if (length > (maxSize ?? Array.MaxLength))
                {
                    throw TooLarge(length);
                }
            }

            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(some);
        }
    }

    /// <summary>Whether the last four bytes are the length of what was compressed (RFC 1952 section 2.3.1): a cut stream unpacks without an error.</summary>
    private static bool EndsWithLength(ReadOnlySequence<byte> body, int length)
    {
        if (body.Length < sizeof(uint))
        {
            return false;
        }

        Span<byte> last = stackalloc byte[sizeof(uint)];
        body.Slice(body.Length - sizeof(uint)).CopyTo(last);
        return BinaryPrimitives.ReadUInt32LittleEndian(last) == (uint)length;
    }

    private RpcException TooLarge(long length) =>
        new(new Status(StatusCode.ResourceExhausted, $"A received message has {length} bytes or more; {maxSize ?? Array.MaxLength} are allowed."));

    private static RpcException Broken(string detail) => new(new Status(StatusCode.Internal, detail));
}

/// <summary>A message, or the end of the stream.</summary>
internal readonly struct Frame<T>(T message)
{
    public bool HasMessage { get; } = true;

    public T Message { get; } = message;
}
