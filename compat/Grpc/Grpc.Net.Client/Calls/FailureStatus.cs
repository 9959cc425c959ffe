using Grpc.Core;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>The status of a call that the transport ended.</summary>
internal static class FailureStatus
{
    public static Status Of(Exception failure)
    {
        if (failure is RpcException told)
        {
            return told.Status;
        }

        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpProtocolException protocol)
            {
                return new Status(Of(protocol), $"The server ended the stream: {protocol.Message}", failure);
            }

            if (cause is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded })
            {
                return new Status(StatusCode.ResourceExhausted, $"The response exceeds a limit: {cause.Message}", failure);
            }
        }

        return failure switch
        {
            // The caller's own cancellation ends a call before it can be seen here.
            OperationCanceledException => new Status(StatusCode.Unavailable, "The transport gave the call up.", failure),
            HttpRequestException request => new Status(Of(request.HttpRequestError), $"The call could not be sent: {request.Message}", failure),
            HttpIOException reading => new Status(Of(reading.HttpRequestError), $"The response could not be read: {reading.Message}", failure),
            IOException => new Status(StatusCode.Unavailable, $"The connection broke: {failure.Message}", failure),
            _ => new Status(StatusCode.Internal, $"The call failed on the client: {failure.GetType().Name}: {failure.Message}", failure),
        };
    }

    // The code means what gRPC says only when it ends a stream. A connection that is closed, or that answers no ping, is
    // no word about the call. The runtime tells the two apart by their text (or its resource's name) alone.
    private static StatusCode Of(HttpProtocolException protocol) =>
        protocol.Message.Contains("stream", StringComparison.OrdinalIgnoreCase)
            ? StatusMapping.FromHttp2Error(protocol.ErrorCode)
            : StatusCode.Unavailable;

    private static StatusCode Of(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError or HttpRequestError.ResponseEnded => StatusCode.Unavailable,
        HttpRequestError.VersionNegotiationError or HttpRequestError.HttpProtocolError or HttpRequestError.InvalidResponse => StatusCode.Internal,
        _ => StatusCode.Unavailable,
    };
}
