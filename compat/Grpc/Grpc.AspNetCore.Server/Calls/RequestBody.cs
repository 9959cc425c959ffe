using Grpc.Core;
using Grpc.Net.Framing;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The messages of a request, straight from the server's pipe.</summary>
internal sealed class RequestBody(FrameReader frames, ServerDeadline deadline)
{
    /// <exception cref="RpcException">What came is not gRPC, or too large.</exception>
    public async ValueTask<Frame<T>> ReadAsync<T>(Marshaller<T> marshaller, CancellationToken cancellationToken)
    {
        using var linked = Link(cancellationToken, out var token);
        try
        {
            return await frames.ReadAsync(marshaller.ContextualDeserializer, token).ConfigureAwait(false);
        }
        catch (IOException broken)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "The client ended the call.", broken));
        }
    }

    /// <summary>Reads the one message of a request.</summary>
    public async ValueTask<T> ReadSingleAsync<T>(Marshaller<T> marshaller)
    {
        var first = await ReadAsync(marshaller, CancellationToken.None).ConfigureAwait(false);
        if (!first.HasMessage)
        {
            throw new RpcException(new Status(StatusCode.Unimplemented, "The request has no message; this method takes one."));
        }

        return (await ReadAsync(marshaller, CancellationToken.None).ConfigureAwait(false)).HasMessage
            ? throw new RpcException(new Status(StatusCode.Unimplemented, "The request has several messages; this method takes one."))
            : first.Message;
    }

    private CancellationTokenSource? Link(CancellationToken cancellationToken, out CancellationToken token)
    {
        if (!cancellationToken.CanBeCanceled || cancellationToken == deadline.Token)
        {
            token = deadline.Token;
            return null;
        }

        var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        token = linked.Token;
        return linked;
    }
}
