using System.Net;
using Grpc.Core;
using Grpc.Net.Wire;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.StandIns;

public sealed class StatusMappingTests
{
    [Theory]
    [InlineData(0x0, StatusCode.Internal)]
    [InlineData(0x1, StatusCode.Internal)]
    [InlineData(0x2, StatusCode.Internal)]
    [InlineData(0x3, StatusCode.Internal)]
    [InlineData(0x4, StatusCode.Internal)]
    [InlineData(0x5, StatusCode.Unknown)]
    [InlineData(0x6, StatusCode.Internal)]
    [InlineData(0x7, StatusCode.Unavailable)]
    [InlineData(0x8, StatusCode.Cancelled)]
    [InlineData(0x9, StatusCode.Internal)]
    [InlineData(0xA, StatusCode.Internal)]
    [InlineData(0xB, StatusCode.ResourceExhausted)]
    [InlineData(0xC, StatusCode.PermissionDenied)]
    [InlineData(0xD, StatusCode.Unknown)]
    public void An_http2_error_code_has_its_status(long code, StatusCode status) => StatusMapping.FromHttp2Error(code).ShouldBe(status);

    [Theory]
    [InlineData(418, StatusCode.Unknown)]
    [InlineData(503, StatusCode.Unavailable)]
    public void An_http_status_has_its_status(int http, StatusCode status) => StatusMapping.FromHttp((HttpStatusCode)http).ShouldBe(status);

    [Theory]
    [InlineData("application/grpc", true)]
    [InlineData("application/grpc+proto", true)]
    [InlineData("Application/GRPC; charset=utf-8", true)]
    [InlineData("application/grpc-web", false)]
    [InlineData("application/json", false)]
    [InlineData(null, false)]
    public void A_content_type_is_grpc_or_not(string? contentType, bool grpc) => ProtocolNames.IsGrpcContentType(contentType).ShouldBe(grpc);
}
