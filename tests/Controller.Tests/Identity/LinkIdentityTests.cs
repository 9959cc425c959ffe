using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;
using Shouldly;
using Xunit;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Tests.Identity;

public abstract class LinkIdentityTests(StoreKind kind) : IAsyncLifetime
{
    private readonly RunningController _controller = RunningController.Start(kind);
    private TestAgent _agent = null!;

    public async ValueTask InitializeAsync() => _agent = await _controller.EnrolAsync("web-01");

    public ValueTask DisposeAsync() => _controller.DisposeAsync();

    [Fact]
    public async Task Revoking_cuts_the_live_stream_within_a_second()
    {
        using AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> link = await ConnectAsync(_agent);
        Task<bool> next = link.ResponseStream.MoveNext(CancellationToken.None);

        RevokeIdentityResponse revoked =
            await _controller.Records().RevokeIdentityAsync(new RevokeIdentityRequest { Server = "web-01", Reason = "stolen" });

        revoked.StreamCut.ShouldBeTrue();
        (await Task.WhenAny(next, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System))).ShouldBe(next);
        RpcException cut = await Should.ThrowAsync<RpcException>(() => next);
        cut.StatusCode.ShouldBe(StatusCode.PermissionDenied);
        cut.Status.Detail.ShouldContain("stolen");
    }

    [Fact]
    public async Task A_superseded_certificate_used_again_goes_on_reporting_but_its_identity_is_in_doubt()
    {
        TestAgent renewed = await _agent.RenewAsync();
        (await ConnectAsync(renewed)).Dispose();
        _controller.Time.StepWallClock(TimeSpan.FromMinutes(2));

        using AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> copy = await ConnectAsync(_agent);

        (await ServerAsync()).Warnings.ShouldContain(warning => warning.StartsWith("Identity in doubt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Changing_over_to_the_next_certificate_is_no_doubt()
    {
        TestAgent renewed = await _agent.RenewAsync();
        (await ConnectAsync(renewed)).Dispose();

        (await ConnectAsync(_agent)).Dispose();

        (await ServerAsync()).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Presence_follows_the_stream_and_the_revocation()
    {
        (await ServerAsync()).Presence.ShouldBe(AgentPresence.Disconnected);
        using (await ConnectAsync(_agent))
            (await ServerAsync()).Presence.ShouldBe(AgentPresence.Connected);
        await _controller.Records().RevokeIdentityAsync(new RevokeIdentityRequest { Server = "web-01", Reason = "sold" });

        (await ServerAsync()).Presence.ShouldBe(AgentPresence.Revoked);
    }

    [Fact]
    public async Task A_clock_a_day_off_at_enrolment_is_a_warning_on_the_server()
    {
        await _controller.AddServerAsync("web-02");
        EnrolRequest request = TestAgent.Request(_controller, await _controller.TokenForAsync("web-02"), TestAgent.NewKey());
        request.SentTime = (_controller.Time.GetUtcNow() - TimeSpan.FromDays(1)).ToTimestamp();
        await _controller.Enrolment().EnrolAsync(request);

        GetServerResponse shown = await _controller.Records().GetServerAsync(new GetServerRequest { Name = "web-02" });

        shown.Server.Warnings.ShouldContain(warning => warning.Contains("1 days behind"));
    }

    [Fact]
    public async Task The_same_machine_under_two_names_is_a_warning_on_both()
    {
        await _controller.EnrolAsync("web-02");

        (await ServerAsync()).Warnings.ShouldContain("Copied machine: the same machine id is enrolled as web-01, web-02");
    }

    private async Task<Server> ServerAsync() => (await _controller.Records().GetServerAsync(new GetServerRequest { Name = "web-01" })).Server;

    // Returns once the controller has welcomed the agent.
    private async Task<AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse>> ConnectAsync(TestAgent agent)
    {
        AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> link = agent.Link().Connect();
        await link.RequestStream.WriteAsync(new ConnectRequest
        {
            Hello = new Hello
            {
                AgentId = agent.Enrolled.AgentId,
                AgentVersion = "0.1.0",
                BootId = "7b1f6f7e-0a4a-4c1c-9a57-0d1f3f1d2c11",
                SpoolEpoch = "0123456789abcdef",
                SentTime = _controller.Time.GetUtcNow().ToTimestamp(),
                SentUptime = Duration.FromTimeSpan(TimeSpan.FromHours(1)),
            },
        });
        (await link.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
        link.ResponseStream.Current.Welcome.ShouldNotBeNull();
        return link;
    }

    public sealed class OnSqlite() : LinkIdentityTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : LinkIdentityTests(StoreKind.Postgres);
}
