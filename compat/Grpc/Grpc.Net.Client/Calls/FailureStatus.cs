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
            OperationCanceledException => new Status(StatusCode.Cancelled, "The call was cancelled.", failure),
            HttpRequestException request => new Status(Of(request.HttpRequestError), $"The call could not be sent: {request.Message}", failure),
            HttpIOException reading => new Status(Of(reading.HttpRequestError), $"The response could not be read: {reading.Message}", failure),
            IOException => new Status(StatusCode.Unavailable, $"The connection broke: {failure.Message}", failure),
            _ => new Status(StatusCode.Internal, $"The call failed on the client: {failure.GetType().Name}: {failure.Message}", failure),
        };
    }

    // A server that goes away in peace says NO_ERROR for its connection; that is not told from a stream's own end here.
    private static StatusCode Of(HttpProtocolException protocol) =>
        protocol.ErrorCode == 0 ? StatusCode.Unavailable : StatusMapping.FromHttp2Error(protocol.ErrorCode);

    private static StatusCode Of(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError or HttpRequestError.ResponseEnded => StatusCode.Unavailable,
        HttpRequestError.VersionNegotiationError or HttpRequestError.HttpProtocolError or HttpRequestError.InvalidResponse => StatusCode.Internal,
        _ => StatusCode.Unavailable,
    };
}
