namespace Grpc.Net.Wire;

/// <summary>Names that gRPC over HTTP/2 fixes.</summary>
internal static class ProtocolNames
{
    public const string ContentType = "application/grpc";
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string Timeout = "grpc-timeout";
    public const string Encoding = "grpc-encoding";
    public const string AcceptEncoding = "grpc-accept-encoding";
    public const string Identity = "identity";

    /// <summary>In a client's metadata: how the requests of this call are compressed. It is not sent.</summary>
    public const string RequestEncoding = "grpc-internal-encoding-request";

    private static readonly HashSet<string> OpenNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "grpc-status-details-bin", "grpc-trace-bin", "grpc-tags-bin", "grpc-previous-rpc-attempts", "grpc-retry-pushback-ms",
    };

    private static readonly HashSet<string> TransportNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "content-type", "content-length", "te", "host", "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "trailer",
    };

    /// <summary>Whether applications may neither send nor see this name: it belongs to gRPC or to HTTP.</summary>
    public static bool IsReserved(string name) =>
        name.StartsWith(':')
        || TransportNames.Contains(name)
        || (name.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase) && !OpenNames.Contains(name));

    /// <summary>Whether this is gRPC: <c>application/grpc</c>, then nothing, <c>+</c> and a format, or <c>;</c> and parameters.</summary>
    public static bool IsGrpcContentType(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == ContentType.Length || contentType[ContentType.Length] is '+' or ';' or ' ');
}
