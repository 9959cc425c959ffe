using System.Text;
using Grpc.Core;
using Grpc.Testing;
using HaiSoft.Protocol.Tests.Grpc.Parts;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.Calls;

public sealed class HandlerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_exception_is_unknown_and_its_text_is_told_only_if_the_options_say_so(bool detailed)
    {
        await using var host = await ScriptedHost.StartAsync(server => server.EnableDetailedErrors = detailed);
        host.Script.Unary = (_, _) => throw new InvalidOperationException("secret words");
        var failure = await ScriptedHost.FailureAsync(host.Client.UnaryCallAsync(new SimpleRequest()).ResponseAsync);
        failure.StatusCode.ShouldBe(StatusCode.Unknown);
        failure.Status.Detail.Contains("secret words", StringComparison.Ordinal).ShouldBe(detailed);
    }

    [Fact]
    public async Task A_status_and_trailers_that_are_thrown_arrive()
    {
        await using var host = await ScriptedHost.StartAsync();
        var details = Encoding.UTF8.GetBytes("d☺");
        host.Script.Unary = (_, _) => throw new RpcException(
            new Status(StatusCode.NotFound, "no such thing: ☹"),
            new Metadata { { "x-more", "a" }, { "x-more", "b" }, { "grpc-status-details-bin", details } });
        var failure = await ScriptedHost.FailureAsync(host.Client.UnaryCallAsync(new SimpleRequest()).ResponseAsync);
        failure.Status.ShouldBe(new Status(StatusCode.NotFound, "no such thing: ☹"));
        failure.Trailers.GetAll("x-more").Select(entry => entry.Value).ShouldBe(["a", "b"]);
        failure.Trailers.GetValueBytes("grpc-status-details-bin").ShouldBe(details);
    }

    [Fact]
    public async Task A_status_that_is_set_ends_the_call_after_its_messages()
    {
        await using var host = await ScriptedHost.StartAsync();
        host.Script.Output = async (responses, context) =>
        {
            await responses.WriteAsync(new StreamingOutputCallResponse());
            context.Status = new Status(StatusCode.Aborted, "half way");
            context.ResponseTrailers.Add("x-trailer", "1");
        };
        using var call = host.Client.StreamingOutputCall(new StreamingOutputCallRequest());
        (await call.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
        (await ScriptedHost.FailureAsync(call.ResponseStream.MoveNext(CancellationToken.None))).StatusCode.ShouldBe(StatusCode.Aborted);
        call.GetTrailers().GetValue("x-trailer").ShouldBe("1");
    }

    [Fact]
    public async Task Trailers_that_no_header_can_carry_end_the_call_all_the_same()
    {
        await using var host = await ScriptedHost.StartAsync();
        host.Script.Unary = (_, context) =>
        {
            context.ResponseTrailers.Add("x-broken", "a\nb");
            return Task.FromResult(new SimpleResponse());
        };
        (await ScriptedHost.FailureAsync(host.Client.UnaryCallAsync(new SimpleRequest()).ResponseAsync)).StatusCode.ShouldBe(StatusCode.Internal);
    }

    [Fact]
    public async Task Each_call_has_a_service_of_its_own_that_is_disposed_after_it()
    {
        await using var host = await ScriptedHost.StartAsync();
        await host.Client.UnaryCallAsync(new SimpleRequest());
        using var call = host.Client.StreamingInputCall();
        await call;
        host.Script.Made.ShouldBe(2);
        SpinWait.SpinUntil(() => host.Script.Disposed == 2, TimeSpan.FromSeconds(5)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_handler_knows_its_call()
    {
        await using var host = await ScriptedHost.StartAsync();
        ServerCallContext? seen = null;
        HttpContext? http = null;
        host.Script.Unary = (_, context) =>
        {
            seen = context;
            http = context.GetHttpContext();
            context.Peer.ShouldStartWith("ipv4:127.0.0.1:");
            context.Host.ShouldBe($"localhost:{host.Host.TlsPort}");
            context.AuthContext.IsPeerAuthenticated.ShouldBeFalse();
            context.RequestHeaders.Select(header => header.Key).ShouldBe(["x-own", "user-agent"], ignoreOrder: true);
            http.Request.Protocol.ShouldBe("HTTP/2");
            return Task.FromResult(new SimpleResponse());
        };
        await host.Client.UnaryCallAsync(new SimpleRequest(), new Metadata { { "X-Own", "1" } });
        seen!.Method.ShouldBe("/grpc.testing.TestService/UnaryCall");
        http.ShouldNotBeNull();
    }

    [Fact]
    public async Task Reserved_names_are_refused_before_anything_is_sent()
    {
        await using var host = await ScriptedHost.StartAsync();
        var call = host.Client.UnaryCallAsync(new SimpleRequest(), new Metadata { { "grpc-status", "0" } });
        var failure = await ScriptedHost.FailureAsync(call.ResponseAsync);
        failure.StatusCode.ShouldBe(StatusCode.Internal);
        failure.Status.Detail.ShouldContain("reserved");
        host.Script.Made.ShouldBe(0);
    }
}
