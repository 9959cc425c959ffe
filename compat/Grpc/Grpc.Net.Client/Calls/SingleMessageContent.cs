using System.Buffers;
using System.Net;
using Grpc.Core;
using Grpc.Net.Framing;

namespace Grpc.Net.Client.Calls;

/// <summary>The body of a request with one message.</summary>
internal sealed class SingleMessageContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _frame;

    private SingleMessageContent(ReadOnlyMemory<byte> frame) => _frame = frame;

    public static SingleMessageContent Serialize<T>(T message, Marshaller<T> marshaller, FrameWriter writer, bool compress)
    {
        var frame = new ArrayBufferWriter<byte>();
        writer.Write(frame, message, marshaller.ContextualSerializer, compress);
        return new SingleMessageContent(frame.WrittenMemory);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        stream.WriteAsync(_frame, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
