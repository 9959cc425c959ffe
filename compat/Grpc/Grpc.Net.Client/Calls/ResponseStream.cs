using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>Reads the responses of a call; one read at a time.</summary>
internal sealed class ResponseStream<TRequest, TResponse>(ClientCall<TRequest, TResponse> call) : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private int _reading;

    public TResponse Current { get; private set; } = null!;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.CompareExchange(ref _reading, 1, 0) != 0)
        {
            throw new InvalidOperationException("Can't read the next message: the previous read is in progress.");
        }

        using var cancels = cancellationToken.UnsafeRegister(static call => ((CallLife)call!).Cancel(), call);
        try
        {
            var frame = await call.ReadAsync().ConfigureAwait(false);
            Current = frame.Message;
            return frame.HasMessage;
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }
}
