using System.Buffers.Binary;
using Google.Protobuf;

namespace HaiSoft.Agent.Helper.Listening;

/// <summary>Messages on the socket: four bytes of length, big endian, then the message.</summary>
internal static class MessageFrame
{
    /// <summary>The longest answer.</summary>
    public const int MaximumBytes = 16 << 20;

    private const int LengthBytes = 4;

    /// <summary>The next request's bytes; null when the peer has closed. A request that is too long is no request.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="maximumBytes">The longest that is read.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidDataException">The peer does not speak this protocol.</exception>
    public static async Task<byte[]?> ReadAsync(Stream stream, int maximumBytes, CancellationToken cancellationToken)
    {
        var length = new byte[LengthBytes];
        var first = await stream.ReadAtLeastAsync(length, LengthBytes, throwOnEndOfStream: false, cancellationToken);
        if (first == 0)
            return null;
        if (first < LengthBytes || BinaryPrimitives.ReadUInt32BigEndian(length) > maximumBytes)
            throw new InvalidDataException("a frame that is cut off or too long");
        var message = new byte[BinaryPrimitives.ReadUInt32BigEndian(length)];
        await stream.ReadExactlyAsync(message, cancellationToken);
        return message;
    }

    /// <summary>Writes one message.</summary>
    public static async Task WriteAsync(Stream stream, IMessage message, CancellationToken cancellationToken)
    {
        var size = message.CalculateSize();
        if (size > MaximumBytes)
            throw new InvalidDataException("an answer that is too long");
        var frame = new byte[LengthBytes + size];
        BinaryPrimitives.WriteInt32BigEndian(frame, size);
        message.WriteTo(frame.AsSpan(LengthBytes));
        await stream.WriteAsync(frame, cancellationToken);
    }
}
