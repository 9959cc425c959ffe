using System.Net;
using Grpc.Core;

namespace Grpc.Net.Wire;

/// <summary>What a call's end means when the other side did not say it in gRPC's own words.</summary>
internal static class StatusMapping
{
    /// <summary>An HTTP status other than 200 (gRPC: HTTP to gRPC Status Code Mapping).</summary>
    public static StatusCode FromHttp(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => StatusCode.Internal,
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };

    /// <summary>The error code of a stream's or connection's end (gRPC over HTTP/2: Errors; codes: RFC 9113 section 7).</summary>
    public static StatusCode FromHttp2Error(long code) => code switch
    {
        0x0 or 0x1 or 0x2 or 0x3 or 0x4 or 0x6 or 0x9 or 0xA => StatusCode.Internal,
        0x7 => StatusCode.Unavailable,
        0x8 => StatusCode.Cancelled,
        0xB => StatusCode.ResourceExhausted,
        0xC => StatusCode.PermissionDenied,
        _ => StatusCode.Unknown,
    };
}
