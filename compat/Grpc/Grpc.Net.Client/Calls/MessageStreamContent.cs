using System.Net;

namespace Grpc.Net.Client.Calls;

/// <summary>The body of a request with many messages: hands its stream to the writer, and ends when told so.</summary>
internal sealed class MessageStreamContent(CancellationToken callEnded) : HttpContent
{
    private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The stream to write to, as soon as the request is under way.</summary>
    public Task<Stream> StreamAsync(CancellationToken cancellationToken) =>
        _stream.Task.IsCompleted ? _stream.Task : _stream.Task.WaitAsync(cancellationToken);

    /// <summary>Half-closes: no message follows.</summary>
    public void Complete() => _completed.TrySetResult();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // The server has to see the call before its first message.
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        _stream.TrySetResult(stream);
        using (callEnded.UnsafeRegister(static completed => ((TaskCompletionSource)completed!).TrySetResult(), _completed))
        using (cancellationToken.UnsafeRegister(static completed => ((TaskCompletionSource)completed!).TrySetResult(), _completed))
        {
            await _completed.Task.ConfigureAwait(false);
        }

        // A body that the transport itself stopped just ends: why, the response tells, and an exception here would hide it.
        callEnded.ThrowIfCancellationRequested();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
