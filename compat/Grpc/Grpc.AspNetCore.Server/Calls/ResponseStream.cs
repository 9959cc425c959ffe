using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Sends the responses of a call; one write at a time.</summary>
internal sealed class ResponseStream<TResponse>(HttpCallContext context, Marshaller<TResponse> marshaller) : IServerStreamWriter<TResponse>
    where TResponse : class
{
    private WriteOptions? _options;

    public WriteOptions? WriteOptions
    {
        get => _options ?? context.Body.WriteOptions;
        set => _options = value;
    }

    public Task WriteAsync(TResponse message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(TResponse message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        return context.CancellationToken.IsCancellationRequested && !context.Body.HasEnded
            ? Task.FromCanceled(context.CancellationToken)
            : context.Body.SendAsync(message, marshaller, WriteOptions, cancellationToken.CanBeCanceled ? cancellationToken : context.CancellationToken);
    }
}
