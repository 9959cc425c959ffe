using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Reads the requests of a call; one read at a time.</summary>
internal sealed class RequestStream<TRequest>(RequestBody body, Marshaller<TRequest> marshaller) : IAsyncStreamReader<TRequest>
    where TRequest : class
{
    private int _reading;

    public TRequest Current { get; private set; } = null!;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _reading, 1, 0) != 0)
        {
            throw new InvalidOperationException("Can't read the next message: the previous read is in progress.");
        }

        try
        {
            var frame = await body.ReadAsync(marshaller, cancellationToken).ConfigureAwait(false);
            Current = frame.Message;
            return frame.HasMessage;
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }
}
