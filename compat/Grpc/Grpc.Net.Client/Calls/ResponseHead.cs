using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>What the headers of a response say: the metadata, and the end of the call when no message can follow.</summary>
internal readonly record struct ResponseHead(Metadata Metadata, ICompressionProvider? Compression, Status? End)
{
    /// <exception cref="RpcException">A header is broken.</exception>
    public static ResponseHead Read(HttpResponseMessage response, AcceptedEncodings encodings)
    {
        var headers = response.Headers;
        if (headers.NonValidated.Contains(ProtocolNames.Status))
        {
            // Trailers-Only: the headers are the trailers.
            var (end, trailers) = ReadEnd(headers);
            return new ResponseHead(trailers, null, end);
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"The server answered with HTTP status {(int)response.StatusCode} instead of gRPC.");
            return Ended(StatusMapping.FromHttp(response.StatusCode), detail);
        }

        var contentType = response.Content.Headers.NonValidated.TryGetValues("content-type", out var types) ? types.ToString() : null;
        if (!ProtocolNames.IsGrpcContentType(contentType))
        {
            return Ended(StatusCode.Unknown, $"The server's content type is '{contentType}', not {ProtocolNames.ContentType}.");
        }

        var encoding = First(headers, ProtocolNames.Encoding);
        return encodings.TryFind(encoding, out var compression)
            ? new ResponseHead(Decode(headers), compression, null)
            : Ended(StatusCode.Internal, $"The server compresses with '{encoding}', which this client did not offer.");
    }

    /// <summary>The status and the metadata that trailers tell.</summary>
    public static (Status Status, Metadata Trailers) ReadEnd(HttpHeaders trailers)
    {
        var text = First(trailers, ProtocolNames.Status);
        if (text is null)
        {
            return (new Status(StatusCode.Unknown, "The server ended the call without a grpc-status."), Decode(trailers));
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            return (new Status(StatusCode.Unknown, $"The server ended the call with the grpc-status '{text}', which is no number."), Decode(trailers));
        }

        var message = First(trailers, ProtocolNames.Message) is { } encoded ? PercentText.Decode(encoded) : string.Empty;
        return (new Status(code <= (int)StatusCode.Unauthenticated ? (StatusCode)code : StatusCode.Unknown, message), Decode(trailers));
    }

    private static ResponseHead Ended(StatusCode code, string detail) => new([], null, new Status(code, detail));

    private static string? First(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static Metadata Decode(HttpHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers.NonValidated)
        {
            foreach (var value in values)
            {
                MetadataText.Decode(metadata, name, value);
            }
        }

        return metadata;
    }
}
