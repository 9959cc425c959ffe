using Grpc.Core;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Lets in what is a gRPC request at all, and answers the rest in HTTP.</summary>
internal static class RequestAdmission
{
    /// <summary>False when the request has been answered.</summary>
    public static bool Admit(HttpContext http)
    {
        if (!ProtocolNames.IsGrpcContentType(http.Request.ContentType))
        {
            return Refuse(http, StatusCodes.Status415UnsupportedMediaType, $"The content type '{http.Request.ContentType}' is not {ProtocolNames.ContentType}.");
        }

        if (!HttpProtocol.IsHttp2(http.Request.Protocol) && !HttpProtocol.IsHttp3(http.Request.Protocol))
        {
            return Refuse(http, StatusCodes.Status426UpgradeRequired, $"gRPC needs HTTP/2; the request came by {http.Request.Protocol}.");
        }

        // Messages have a limit each; a stream of them has none, neither in size nor in the silence between them.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (http.Features.Get<Microsoft.AspNetCore.Server.Kestrel.Core.Features.IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        http.Response.ContentType = ProtocolNames.ContentType;
        return true;
    }

    private static bool Refuse(HttpContext http, int httpStatus, string detail)
    {
        http.Response.StatusCode = httpStatus;
        EndOfCall.WriteHeaders(http.Response, new Status(StatusCode.Internal, detail), Metadata.Empty);
        return false;
    }
}
