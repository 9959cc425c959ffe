using Grpc.Core;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Controller.Tests.Storage;
using HaiSoft.Controller.Tests.Telemetry;
using HaiSoft.Testing.Clock;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>Streams that come too fast.</summary>
public sealed class StreamAdmissionTests
{
    private readonly SettableTime _time = new();

    [Fact]
    public void A_seconds_worth_comes_in_at_once_and_then_one_after_the_other()
    {
        StreamAdmission admission = Admission(perSecond: 10);
        Enumerable.Range(0, 10).ShouldAllBe(_ => admission.Ask() == null);
        admission.Ask().ShouldNotBeNull();

        _time.Advance(TimeSpan.FromMilliseconds(100));

        admission.Ask().ShouldBeNull();
        admission.Ask().ShouldNotBeNull();
        admission.Refused.ShouldBe(2);
    }

    [Fact]
    public void A_fleet_that_comes_at_once_is_given_times_one_after_the_other_and_is_in_when_they_have_passed()
    {
        StreamAdmission admission = Admission(perSecond: 100);
        TimeSpan[] backs = [.. Enumerable.Range(0, 3000).Select(_ => admission.Ask()).OfType<TimeSpan>()];
        backs.Length.ShouldBe(2900);
        backs.ShouldBeInOrder();
        (backs[0], backs[^1]).ShouldBe((TimeSpan.FromSeconds(1.01), TimeSpan.FromSeconds(30)));

        TimeSpan passed = TimeSpan.Zero;
        int refusedAgain = 0;
        foreach (TimeSpan back in backs)
        {
            _time.Advance(back - passed);
            passed = back;
            refusedAgain += admission.Ask() is null ? 0 : 1;
        }

        refusedAgain.ShouldBe(0);
    }

    [Fact]
    public void Nobody_is_sent_away_for_longer_than_five_minutes()
    {
        StreamAdmission admission = Admission(perSecond: 1);

        Enumerable.Range(0, 1000).Select(_ => admission.Ask()).Max().ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_stream_that_comes_too_early_is_refused_with_a_time_while_renewal_and_enrolment_go_on()
    {
        using TestStore store = TestStore.Make(StoreKind.Sqlite);
        await using RunningController controller = RunningController.StartOn(store, settings: new() { ["Controller:Ingest:StreamsPerSecond"] = "1" });
        TestAgent agent = await controller.EnrolAsync("web-01");
        using LinkedAgent first = await LinkedAgent.ConnectAsync(controller, agent);

        using AsyncDuplexStreamingCall<HaiSoft.Protocol.Agent.V1.ConnectRequest, HaiSoft.Protocol.Agent.V1.ConnectResponse> call = agent.Link().Connect();
        RpcException refused = await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        refused.StatusCode.ShouldBe(StatusCode.Unavailable);
        refused.Trailers.GetValue("retry-after").ShouldBe("2");
        using (Probe probe = new(controller))
            (await probe.GetAsync("/metrics")).Text.ShouldContain("haisoft_agent_streams_sentaway_total 1\n");
        await agent.RenewAsync();
        TestAgent other = await controller.EnrolAsync("web-02");
        controller.Time.Advance(TimeSpan.FromSeconds(2));
        using LinkedAgent second = await LinkedAgent.ConnectAsync(controller, other);
        second.Welcome.ShouldNotBeNull();
    }

    private StreamAdmission Admission(int perSecond) => new(Options.Create(new IngestOptions { StreamsPerSecond = perSecond }), _time);
}
