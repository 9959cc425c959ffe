using Grpc.Core;
using Grpc.Net.Framing;

namespace Grpc.Net.Client.Calls;

/// <summary>Sends the requests of a call. A write is done when the transport took the message; only one may be under way.</summary>
internal sealed class RequestStream<TRequest, TResponse> : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    private static readonly TimeSpan TimeToLearn = TimeSpan.FromSeconds(1);

    private readonly ClientCall<TRequest, TResponse> _call;
    private readonly MessageStreamContent _content;
    private readonly FrameWriter _writer;
    private readonly PooledBuffer _buffer = new();
    private int _writing;
    private bool _completed;

    public RequestStream(ClientCall<TRequest, TResponse> call, MessageStreamContent content)
    {
        _call = call;
        _content = content;
        _writer = call.Writer(out _);
        WriteOptions = call.Options.WriteOptions;
    }

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        cancellationToken.ThrowIfCancellationRequested();
        Begin("write the message");
        using var cancels = cancellationToken.UnsafeRegister(static call => ((CallLife)call!).Cancel(), _call);
        try
        {
            var flags = WriteOptions?.Flags ?? default;
            _writer.Write(_buffer, message, _call.Method.RequestMarshaller.ContextualSerializer, !flags.HasFlag(WriteFlags.NoCompress));
            var stream = await _content.StreamAsync(_call.Ended).ConfigureAwait(false);
            await stream.WriteAsync(_buffer.Written, _call.Ended).ConfigureAwait(false);
            if (!flags.HasFlag(WriteFlags.BufferHint))
            {
                await stream.FlushAsync(_call.Ended).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or HttpRequestException or ObjectDisposedException)
        {
            throw await FailedAsync(failure).ConfigureAwait(false);
        }
        finally
        {
            _buffer.Release();
            Volatile.Write(ref _writing, 0);
        }
    }

    public Task CompleteAsync()
    {
        Begin("complete the stream");
        _completed = true;
        _content.Complete();
        Volatile.Write(ref _writing, 0);
        return Task.CompletedTask;
    }

    private void Begin(string what)
    {
        if (_completed)
        {
            throw new InvalidOperationException($"Can't {what}: the request stream has been completed.");
        }

        if (_call.TryGetStatus(out var status))
        {
            throw status.StatusCode == StatusCode.OK
                ? new InvalidOperationException($"Can't {what}: the call has ended.")
                : _call.Failure();
        }

        if (Interlocked.CompareExchange(ref _writing, 1, 0) != 0)
        {
            throw new InvalidOperationException($"Can't {what}: the previous write is in progress.");
        }
    }

    private async Task<Exception> FailedAsync(Exception failure)
    {
        // How the call ended is told with the responses, and known a moment later to whoever reads them. Who does not
        // read them yet shall still be able to: the call is not ended here.
        await _call.EndsWithinAsync(TimeToLearn).ConfigureAwait(false);
        if (!_call.TryGetStatus(out var status))
        {
            return new RpcException(FailureStatus.Of(failure));
        }

        return status.StatusCode == StatusCode.OK
            ? new InvalidOperationException("Can't write the message: the call has ended.", failure)
            : _call.Failure();
    }
}
