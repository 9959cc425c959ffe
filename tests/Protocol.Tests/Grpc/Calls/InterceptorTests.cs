using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Testing;
using HaiSoft.Protocol.Tests.Grpc.Parts;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.Calls;

public sealed class InterceptorTests
{
    private readonly Passages _passages = new();

    [Fact]
    public async Task Calls_of_all_kinds_pass_the_interceptors_of_both_sides_in_their_order()
    {
        await using var host = await ScriptedHost.StartAsync(
            server => server.Interceptors.Add<RecordingInterceptor>("all services"),
            services: services => services.AddSingleton(_passages)
                .AddGrpc().AddServiceOptions<ScriptedService>(options => options.Interceptors.Add<RecordingInterceptor>("this service")));
        var client = new TestService.TestServiceClient(host.Channel.Intercept(Recorder("first"), Recorder("second")));

        client.UnaryCall(new SimpleRequest());
        ShouldHavePassed("UnaryCall");
        await client.UnaryCallAsync(new SimpleRequest());
        ShouldHavePassed("UnaryCall");
        using var input = client.StreamingInputCall();
        await input;
        ShouldHavePassed("StreamingInputCall");
        using var output = client.StreamingOutputCall(new StreamingOutputCallRequest());
        await output.ResponseStream.MoveNext(CancellationToken.None);
        ShouldHavePassed("StreamingOutputCall");
        using var duplex = client.FullDuplexCall();
        await duplex.ResponseStream.MoveNext(CancellationToken.None);
        ShouldHavePassed("FullDuplexCall");
    }

    [Fact]
    public async Task An_interceptor_that_is_a_service_is_taken_as_it_is_registered()
    {
        var registered = new RecordingInterceptor(_passages, "registered");
        await using var host = await ScriptedHost.StartAsync(
            server => server.Interceptors.Add<RecordingInterceptor>(),
            services: services => services.AddSingleton(registered));
        await host.Client.UnaryCallAsync(new SimpleRequest());
        _passages.Names.ShouldBe(["registered UnaryCall"]);
    }

    [Fact]
    public async Task What_an_interceptor_of_the_server_throws_is_the_status()
    {
        await using var host = await ScriptedHost.StartAsync(server => server.Interceptors.Add<RefusingInterceptor>());
        var failure = await ScriptedHost.FailureAsync(host.Client.UnaryCallAsync(new SimpleRequest()).ResponseAsync);
        failure.StatusCode.ShouldBe(StatusCode.PermissionDenied);
        host.Script.Made.ShouldBe(0);
    }

    [Fact]
    public async Task A_function_may_add_to_the_headers_of_a_channel()
    {
        await using var host = await ScriptedHost.StartAsync();
        string? seen = null;
        host.Script.Unary = (_, context) =>
        {
            seen = context.RequestHeaders.GetValue("x-added");
            return Task.FromResult(new SimpleResponse());
        };
        var invoker = host.Channel.Intercept(headers =>
        {
            headers.Add("x-added", "yes");
            return headers;
        });
        await new TestService.TestServiceClient(invoker).UnaryCallAsync(new SimpleRequest());
        seen.ShouldBe("yes");
    }

    private RecordingInterceptor Recorder(string name) => new(_passages, name);

    private void ShouldHavePassed(string method)
    {
        _passages.Names.ShouldBe([$"first {method}", $"second {method}", $"all services {method}", $"this service {method}"]);
        _passages.Names.Clear();
    }

    private sealed class RefusingInterceptor : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request,
            ServerCallContext context,
            UnaryServerMethod<TRequest, TResponse> continuation) =>
            throw new RpcException(new Status(StatusCode.PermissionDenied, "not you"));
    }
}
