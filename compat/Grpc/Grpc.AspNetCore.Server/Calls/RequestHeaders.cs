using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>What the headers of a call say.</summary>
internal sealed class RequestHeaders
{
    private readonly IHeaderDictionary _headers;
    private Metadata? _metadata;

    private RequestHeaders(IHeaderDictionary headers, TimeSpan? timeout, ICompressionProvider? compression)
    {
        _headers = headers;
        Timeout = timeout;
        Compression = compression;
    }

    /// <summary>How long the client waits; null for ever.</summary>
    public TimeSpan? Timeout { get; }

    public ICompressionProvider? Compression { get; }

    public Metadata Metadata => _metadata ??= Decode(_headers);

    /// <exception cref="RpcException">A header is broken, or asks for what this server does not have.</exception>
    public static RequestHeaders Read(HttpContext http, AcceptedEncodings encodings)
    {
        var headers = http.Request.Headers;
        TimeSpan? timeout = null;
        if (headers.TryGetValue(ProtocolNames.Timeout, out var text))
        {
            timeout = TimeoutText.TryDecode(text.ToString(), out var time)
                ? time
                : throw new RpcException(new Status(StatusCode.Internal, $"The {ProtocolNames.Timeout} '{text}' is none."));
        }

        if (!encodings.TryFind(headers[ProtocolNames.Encoding], out var compression))
        {
            http.Response.Headers[ProtocolNames.AcceptEncoding] = encodings.HeaderValue;
            throw new RpcException(new Status(StatusCode.Unimplemented, $"The {ProtocolNames.Encoding} '{headers[ProtocolNames.Encoding]}' is not supported."));
        }

        var read = new RequestHeaders(headers, timeout, compression);
        if (headers.Keys.Any(name => name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase)))
        {
            // Broken bytes end the call here, not somewhere in a handler.
            _ = read.Metadata;
        }

        return read;
    }

    private static Metadata Decode(IHeaderDictionary headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                MetadataText.Decode(metadata, name, value ?? string.Empty);
            }
        }

        return metadata;
    }
}
