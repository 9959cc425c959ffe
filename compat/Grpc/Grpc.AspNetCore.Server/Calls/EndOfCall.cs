using System.Globalization;
using Grpc.Core;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Tells the client how its call ended.</summary>
internal static class EndOfCall
{
    /// <summary>The HTTP/2 code for a stream that is given up.</summary>
    public const int Cancel = 0x8;

    /// <summary>The HTTP/2 code for a stream that can't be continued.</summary>
    public const int InternalError = 0x2;

    /// <summary>Trailers-Only: the headers of a response without a body carry the end.</summary>
    public static void WriteHeaders(HttpResponse response, Status status, Metadata trailers) => Write(response.Headers, status, trailers);

    /// <summary>Trailers, behind messages or headers that have been sent before.</summary>
    public static void WriteTrailers(HttpResponse response, Status status, Metadata trailers)
    {
        var feature = response.HttpContext.Features.Get<IHttpResponseTrailersFeature>();
        if (feature is null || feature.Trailers.IsReadOnly)
        {
            throw new InvalidOperationException("This server can't send trailers: gRPC needs HTTP/2.");
        }

        Write(feature.Trailers, status, trailers);
    }

    /// <summary>Ends the stream without a status of ours.</summary>
    public static void Reset(HttpContext http, int errorCode)
    {
        if (http.Features.Get<IHttpResetFeature>() is { } feature)
        {
            feature.Reset(errorCode);
        }
        else
        {
            http.Abort();
        }
    }

    private static void Write(IHeaderDictionary fields, Status status, Metadata trailers)
    {
        (string Name, string Value)[] encoded;
        try
        {
            encoded = [.. trailers.Select(entry => (entry.Key, MetadataText.Encode(entry)))];
        }
        catch (InvalidOperationException broken)
        {
            (status, encoded) = (new Status(StatusCode.Internal, $"The trailers of the call can't be sent. {broken.Message}"), []);
        }

        fields[ProtocolNames.Status] = ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (status.Detail.Length > 0)
        {
            fields[ProtocolNames.Message] = PercentText.Encode(status.Detail);
        }

        foreach (var (name, value) in encoded)
        {
            fields.Append(name, value);
        }
    }
}
