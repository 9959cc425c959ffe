using Dapper;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Measurements;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Controller.Tests.Storage;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>What is acknowledged stays, and counts once.</summary>
public abstract class DurabilityTests(StoreKind kind)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_restart_the_controller_names_the_last_durable_sequence_and_absorbs_what_comes_again()
    {
        using TestStore store = TestStore.Make(kind);
        Report[] reports;
        TestAgent identity;
        long number;
        HaiSoft.Testing.Clock.SettableTime time;
        await using (RunningController controller = RunningController.StartOn(store))
        {
            time = controller.Time;
            identity = await controller.EnrolAsync("web-01");
            using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, identity);
            reports =
            [
                agent.Report(1, TimeSpan.FromMinutes(10), Reports.Failed),
                agent.Report(2, TimeSpan.FromMinutes(5), Reports.Running),
                agent.Report(3, TimeSpan.FromMinutes(4), Reports.Running),
            ];
            await agent.DeliverAsync(reports);
            number = (await controller.Service<IncidentBoard>().ListAsync(false, null, Token)).Incidents.ShouldHaveSingleItem().Number;
        }

        await using (RunningController controller = RunningController.StartOn(store, time))
        {
            TestAgent again = new(controller, identity.Enrolled, identity.Certificate);
            using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, again, last: 3);
            agent.Welcome!.LastDurableSequence.ShouldBe(3);
            await agent.DeliverAsync(reports);
            IncidentBoard board = controller.Service<IncidentBoard>();
            (await board.ListAsync(true, null, Token)).Incidents.ShouldHaveSingleItem().Number.ShouldBe(number);
            IncidentDetail detail = (await board.FindAsync(number, Token))!;
            detail.Timeline.Count(e => e.Kind == HaiSoft.Controller.Rules.Sla.TimelineEventKind.Recovered).ShouldBe(1);
            (await controller.Service<AuditVerification>().VerifyAsync(Token)).ShouldBeOfType<AuditVerdict.Intact>();
        }
    }

    [Fact]
    public async Task An_urgent_report_counts_at_once_and_its_spooled_copy_is_absorbed()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        Report urgent = agent.Report(1, TimeSpan.FromSeconds(1), Reports.Failed);
        urgent.NotSpooled = true;
        await agent.SendAsync(new ConnectRequest { UrgentReport = urgent });
        (await agent.NextAsync()).MessageCase.ShouldBe(ConnectResponse.MessageOneofCase.Credit);
        IncidentBoard board = controller.Service<IncidentBoard>();
        (await board.ListAsync(false, null, Token)).Incidents.ShouldHaveSingleItem();

        Report spooled = urgent.Clone();
        spooled.NotSpooled = false;
        await agent.DeliverAsync(spooled);

        (await board.ListAsync(true, null, Token)).Incidents.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_controller_that_is_killed_knows_when_it_last_heard_of_an_agent()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        await agent.DeliverAsync(agent.Report(1, TimeSpan.FromSeconds(9), Reports.Running));
        DateTimeOffset heard = controller.Time.GetUtcNow();
        controller.Time.Advance(TimeSpan.FromSeconds(30));
        await controller.Service<LastReports>().NoteAsync(Token);

        await using var connection = await controller.Service<StoreConnections>().OpenAsync(Token);
        (await connection.QuerySingleAsync<long?>("SELECT last_report_time FROM agent_links")).FromUnixMicroseconds()!.Value
            .ShouldBe(heard, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Missing_sequences_are_answered_with_a_request_for_the_whole_state()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        await agent.DeliverAsync(agent.Report(1, TimeSpan.FromSeconds(9), Reports.Running));
        await agent.DeliverAsync(agent.Report(5, TimeSpan.FromSeconds(5), Reports.Running));
        while (agent.Heard[^1].MessageCase != ConnectResponse.MessageOneofCase.Resync)
            await agent.NextAsync();
        agent.Heard[^1].Resync.Reason.ShouldBe(ResyncReason.Gap);
    }

    [Fact]
    public async Task A_new_spool_is_asked_for_the_whole_state_and_starts_at_nothing_durable()
    {
        await using RunningController controller = RunningController.Start(kind);
        TestAgent identity = await controller.EnrolAsync("web-01");
        using (LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, identity))
            await agent.DeliverAsync(agent.Report(1, TimeSpan.FromSeconds(9), Reports.Running));

        using LinkedAgent renewed = await LinkedAgent.ConnectAsync(controller, identity, last: 7, epoch: "ffffffffffffffff");

        renewed.Welcome!.LastDurableSequence.ShouldBe(0);
        (await renewed.NextAsync()).Resync.Reason.ShouldBe(ResyncReason.NewEpoch);
    }

    [Fact]
    public async Task Measurements_are_read_back_as_a_chart_of_their_series()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        DateTimeOffset end = controller.Time.GetUtcNow() + TimeSpan.FromSeconds(1);
        await agent.DeliverAsync([.. Enumerable.Range(1, 100)
            .Select(i => agent.Report(i, TimeSpan.FromMinutes(100 - i), Reports.Load(i, named: i == 1)))]);
        string serverId = (await controller.Service<ServerObservations>().ConnectionsAsync(only: null, Token)).Keys.ShouldHaveSingleItem();
        MeasurementStore store = controller.Service<MeasurementStore>();

        IReadOnlyList<SeriesPoint> all = await store.ReadAsync(serverId, "load.1m", "", end - TimeSpan.FromDays(1), end, 1000, Token);
        IReadOnlyList<SeriesPoint> few = await store.ReadAsync(serverId, "load.1m", "", end - TimeSpan.FromMinutes(100), end, 10, Token);

        all.Select(p => p.Value).ShouldBe(Enumerable.Range(1, 100).Select(i => (double)i));
        few.Count.ShouldBeInRange(9, 10);
        few.Average(p => p.Value).ShouldBe(50.5, 1.5);
    }

    [Fact]
    public async Task Measurements_that_the_time_of_receipt_bounds_to_one_instant_are_all_kept()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        DateTimeOffset now = controller.Time.GetUtcNow();
        await agent.DeliverAsync([.. Enumerable.Range(1, 4).Select(i => agent.Report(i, TimeSpan.FromSeconds(-i), Reports.Load(i, named: i == 1)))]);
        string serverId = (await controller.Service<ServerObservations>().ConnectionsAsync(only: null, Token)).Keys.ShouldHaveSingleItem();

        IReadOnlyList<SeriesPoint> points = await controller.Service<MeasurementStore>()
            .ReadAsync(serverId, "load.1m", "", now - TimeSpan.FromMinutes(1), now + TimeSpan.FromMinutes(1), 1000, Token);

        points.Select(point => point.Value).ShouldBe([1, 2, 3, 4]);
    }

    public sealed class OnSqlite() : DurabilityTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : DurabilityTests(StoreKind.Postgres);
}
