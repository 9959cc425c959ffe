using System.Runtime.CompilerServices;
using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Grpc.AspNetCore.Server.Mapping;

/// <summary>Answers gRPC calls to paths that nothing is mapped to with UNIMPLEMENTED; other requests never come here.</summary>
internal sealed class UnimplementedCalls
{
    private readonly ConditionalWeakTable<IEndpointRouteBuilder, object> _mapped = [];

    public void MapOnce(IEndpointRouteBuilder routes)
    {
        if (!_mapped.TryAdd(routes, routes))
        {
            return;
        }

        var pattern = RoutePatternFactory.Parse(
            "{unimplementedService}/{unimplementedMethod}",
            defaults: null,
            parameterPolicies: new RouteValueDictionary { ["unimplementedMethod"] = new OnlyGrpc() });
        routes.Map(pattern, AnswerAsync)
            .WithDisplayName("gRPC - unimplemented method")
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Post]))
            .Add(endpoint => ((RouteEndpointBuilder)endpoint).Order = int.MaxValue);
    }

    private static Task AnswerAsync(HttpContext http)
    {
        if (RequestAdmission.Admit(http))
        {
            var detail = $"There is no method {http.Request.Path.Value}.";
            EndOfCall.WriteHeaders(http.Response, new Status(StatusCode.Unimplemented, detail), Metadata.Empty);
        }

        return Task.CompletedTask;
    }

    private sealed class OnlyGrpc : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            httpContext is not null && ProtocolNames.IsGrpcContentType(httpContext.Request.ContentType);
    }
}
