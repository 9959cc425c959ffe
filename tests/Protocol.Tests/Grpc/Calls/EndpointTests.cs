using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Testing;
using HaiSoft.Protocol.Tests.Grpc.Parts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.Calls;

public sealed class EndpointTests
{
    [Fact]
    public async Task Conventions_reach_every_method_and_its_metadata_names_it()
    {
        await using var host = await ScriptedHost.StartAsync(map: (_, service) => service.WithMetadata(new Mark()));
        var methods = host.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is not null).ToList();
        methods.Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()!.Method.Name)
            .ShouldBe(["EmptyCall", "UnaryCall", "StreamingOutputCall", "StreamingInputCall", "FullDuplexCall", "UnimplementedCall"], ignoreOrder: true);
        methods.ShouldAllBe(endpoint => endpoint.Metadata.GetMetadata<Mark>() != null);
        methods.ShouldAllBe(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()!.ServiceType == typeof(ScriptedService));
    }

    [Theory]
    [InlineData(StatusCodes.Status401Unauthorized, StatusCode.Unauthenticated)]
    [InlineData(StatusCodes.Status403Forbidden, StatusCode.PermissionDenied)]
    public async Task What_the_web_server_refuses_has_its_status(int http, StatusCode status)
    {
        await using var host = await ScriptedHost.StartAsync(map: (app, _) => app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            context.Response.StatusCode = http;
            await Task.CompletedTask;
        }));
        (await ScriptedHost.FailureAsync(host.Client.UnaryCallAsync(new SimpleRequest()).ResponseAsync)).StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task A_service_of_another_host_is_not_there()
    {
        await using var host = await ScriptedHost.StartAsync(map: (_, service) => service.RequireHost("agents.example"));
        (await ScriptedHost.FailureAsync(host.Client.UnaryCallAsync(new SimpleRequest()).ResponseAsync)).StatusCode.ShouldBe(StatusCode.Unimplemented);
        await host.Client.WithHost("agents.example").UnaryCallAsync(new SimpleRequest());
    }

    [Fact]
    public async Task Call_credentials_go_with_every_call_of_the_channel_and_with_one()
    {
        var all = CallCredentials.FromInterceptor((context, metadata) =>
        {
            metadata.Add("authorization", $"Bearer {context.MethodName}");
            return Task.CompletedTask;
        });
        var one = CallCredentials.FromInterceptor((_, metadata) =>
        {
            metadata.Add("x-one", "1");
            return Task.CompletedTask;
        });
        await using var host = await ScriptedHost.StartAsync(
            client: options => options.Credentials = ChannelCredentials.Create(ChannelCredentials.SecureSsl, all));
        Metadata? seen = null;
        host.Script.Unary = (_, context) =>
        {
            seen = context.RequestHeaders;
            return Task.FromResult(new SimpleResponse());
        };
        await host.Client.UnaryCallAsync(new SimpleRequest(), new CallOptions(credentials: one));
        seen!.GetValue("authorization").ShouldBe("Bearer UnaryCall");
        seen!.GetValue("x-one").ShouldBe("1");
    }

    [Fact]
    public void Credentials_that_do_not_suit_the_address_are_refused()
    {
        Should.Throw<InvalidOperationException>(() =>
            GrpcChannel.ForAddress("https://localhost", new GrpcChannelOptions { Credentials = ChannelCredentials.Insecure }));
        Should.Throw<InvalidOperationException>(() =>
            GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { Credentials = ChannelCredentials.SecureSsl }));
    }

    private sealed class Mark;
}
