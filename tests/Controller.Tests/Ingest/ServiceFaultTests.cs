using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Rules.Sla;
using HaiSoft.Controller.Tests.Identity;
using Shouldly;
using Xunit;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>From a report on the wire to the incident.</summary>
public abstract class ServiceFaultTests(StoreKind kind)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failed_unit_is_an_incident_as_soon_as_its_report_is_acknowledged()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));

        await agent.DeliverAsync(agent.Report(1, TimeSpan.FromSeconds(10), Reports.Failed));

        IncidentView incident = (await controller.Service<IncidentBoard>().ListAsync(false, null, Token)).Incidents.ShouldHaveSingleItem();
        incident.Title.ShouldBe("mariadb.service is down");
        incident.Server.ShouldBe("web-01");
        incident.Place.ShouldBe("R12/U07");
        incident.Kind.ShouldBe(IncidentKind.Service);
        incident.State.ShouldBe(IncidentState.Detected);
        SlaClock clock = incident.Clocks.ShouldHaveSingleItem();
        clock.Promise.ShouldBe(SlaPromise.Intervention);
        clock.DueAt.ShouldBe(incident.DetectedAt + TimeSpan.FromHours(1));
        (controller.Time.GetUtcNow() - incident.DetectedAt).ShouldBe(TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public async Task A_stopped_unit_must_be_seen_twice_and_counts_from_the_first_time()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        await agent.DeliverAsync(agent.Report(1, TimeSpan.FromMinutes(6), Reports.Running));
        await agent.DeliverAsync(agent.Report(2, TimeSpan.FromSeconds(40), r => Reports.Unit(r, "inactive", "dead", "success")));
        IncidentBoard board = controller.Service<IncidentBoard>();
        (await board.ListAsync(false, null, Token)).Incidents.ShouldBeEmpty();

        await agent.DeliverAsync(agent.Report(3, TimeSpan.FromSeconds(10), r => Reports.Unit(r, "inactive", "dead", "success")));

        IncidentView incident = (await board.ListAsync(false, null, Token)).Incidents.ShouldHaveSingleItem();
        (controller.Time.GetUtcNow() - incident.DetectedAt).ShouldBe(TimeSpan.FromSeconds(40), TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public async Task Recovery_is_shown_and_the_incident_stays_until_it_is_resolved()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        await agent.DeliverAsync(agent.Report(1, TimeSpan.FromMinutes(5), Reports.Failed));

        await agent.DeliverAsync(
            agent.Report(2, TimeSpan.FromSeconds(40), Reports.Running), agent.Report(3, TimeSpan.FromSeconds(10), Reports.Running));

        IncidentBoard board = controller.Service<IncidentBoard>();
        IncidentView incident = (await board.ListAsync(false, null, Token)).Incidents.ShouldHaveSingleItem();
        (controller.Time.GetUtcNow() - incident.RecoveredAt!.Value).ShouldBe(TimeSpan.FromSeconds(40), TimeSpan.FromMilliseconds(10));
        incident.Clocks[0].Runs.ShouldBeTrue();
        IncidentStep step = await controller.Service<IncidentWork>().ResolveAsync(incident.Number, "Anna", "Restarted it", Token);
        step.ShouldBeOfType<IncidentStep.Done>().Incident.State.ShouldBe(IncidentState.Resolved);
        (await board.ListAsync(false, null, Token)).Incidents.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_that_flaps_keeps_one_incident_until_it_is_resolved()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        long sequence = 0;
        for (int turn = 0; turn < 3; turn++)
        {
            foreach (Action<HaiSoft.Protocol.Agent.V1.Report> fill in new Action<HaiSoft.Protocol.Agent.V1.Report>[] { Reports.Failed, Reports.Running, Reports.Running })
            {
                controller.Time.Advance(TimeSpan.FromSeconds(30));
                await agent.DeliverAsync(agent.Report(++sequence, TimeSpan.Zero, fill));
            }
        }

        IncidentBoard board = controller.Service<IncidentBoard>();
        long number = (await board.ListAsync(false, null, Token)).Incidents.ShouldHaveSingleItem().Number;
        IncidentDetail detail = (await board.FindAsync(number, Token))!;
        detail.Timeline.Count(e => e.Kind == TimelineEventKind.Relapsed).ShouldBe(2);
        detail.Timeline.Count(e => e.Kind == TimelineEventKind.Recovered).ShouldBe(3);

        await controller.Service<IncidentWork>().ResolveAsync(number, "Anna", "Fixed the cause", Token);
        controller.Time.Advance(TimeSpan.FromSeconds(30));
        await agent.DeliverAsync(agent.Report(++sequence, TimeSpan.Zero, Reports.Failed));
        (await board.ListAsync(false, null, Token)).Incidents.ShouldHaveSingleItem().Number.ShouldBe(number + 1);
    }

    [Fact]
    public async Task Watchers_are_told_of_an_incident_when_it_opens_and_when_its_clock_is_due()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        await using IAsyncEnumerator<IncidentView> changes =
            controller.Service<IncidentChanges>().WatchAsync(Token).GetAsyncEnumerator(Token);
        Task<bool> first = changes.MoveNextAsync().AsTask();

        await agent.DeliverAsync(agent.Report(1, TimeSpan.Zero, Reports.Failed));
        (await first).ShouldBeTrue();
        changes.Current.Clocks[0].State.ShouldBe(SlaClockState.Running);

        DateTimeOffset tooLate = changes.Current.DetectedAt + TimeSpan.FromHours(3);
        Task<bool> second = changes.MoveNextAsync().AsTask();
        while (!second.IsCompleted)
        {
            controller.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.WhenAny(second, Task.Delay(20, Token));
            controller.Time.GetUtcNow().ShouldBeLessThan(tooLate);
        }

        (await second).ShouldBeTrue();
        changes.Current.Clocks[0].State.ShouldBe(SlaClockState.Breached);
    }

    public sealed class OnSqlite() : ServiceFaultTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : ServiceFaultTests(StoreKind.Postgres);
}
