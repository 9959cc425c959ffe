using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Rules.Sla;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Ingest;
using HaiSoft.Protocol.Agent.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Findings;

/// <summary>
/// Observations are taken in the order in which the agent made them. A Hello that was long on its way makes the times of its stream too
/// late: those of the next stream look older, and are not.
/// </summary>
public abstract class ObservationOrderTests(StoreKind kind) : OneAgentTests(kind)
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_a_stream_brings_after_one_with_a_slow_Hello_is_judged()
    {
        await SendAsync(Slow, (1, 12, Reports.Failed));
        await SendAsync(TimeSpan.Zero, (2, 10, Reports.Running), (3, 8, Reports.Running), (4, 6, Reports.Failed));

        (await TimelineAsync(TimelineEventKind.Recovered)).ShouldBe(1);
        (await TimelineAsync(TimelineEventKind.Relapsed)).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_observed_before_the_last_observation_says_nothing_of_now_however_late_its_time_looks()
    {
        await SendAsync(TimeSpan.Zero, (1, 12, Reports.Failed), (2, 8, Reports.Running), (3, 6, Reports.Running));
        await SendAsync(Slow, (4, 10, Reports.Failed));

        (await TimelineAsync(TimelineEventKind.Recovered)).ShouldBe(1);
        (await TimelineAsync(TimelineEventKind.Relapsed)).ShouldBe(0);
    }

    [Fact]
    public async Task Times_that_are_told_never_run_backwards()
    {
        await SendAsync(Slow, (1, 12, Reports.Failed));
        DateTimeOffset before = (await ComponentAsync("service:systemd:mariadb.service"))!.ObservedAt;
        await SendAsync(TimeSpan.Zero, (2, 10, Reports.Running));

        (await ComponentAsync("service:systemd:mariadb.service"))!.ObservedAt.ShouldBe(before);
    }

    [Fact]
    public async Task A_service_that_a_whole_round_does_not_show_any_more_leaves_after_a_slow_Hello_too()
    {
        await SendAsync(Slow, (1, 12, Round("mariadb.service")));
        await SendAsync(TimeSpan.Zero, (2, 10, Round("nginx.service")));

        (await ComponentAsync("service:systemd:mariadb.service")).ShouldBeNull();
        (await ComponentAsync("service:systemd:nginx.service")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_disk_that_was_replaced_leaves_after_a_slow_Hello_too()
    {
        await SendAsync(Slow, (1, 12, Reports.Disks(Reports.Nvme("OLD"))));
        await SendAsync(TimeSpan.Zero, (2, 10, Reports.Disks(Reports.Nvme("NEW"))));

        (await ComponentAsync("disk:OLD")).ShouldBeNull();
        (await ComponentAsync("disk:NEW")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Observations_of_two_boots_go_by_their_corrected_times()
    {
        await SendAsync(TimeSpan.Zero, (1, 60, Reports.Failed));
        await SendAsync(
            TimeSpan.Zero, (2, 70, Earlier(Reports.Running)), (3, 65, Earlier(Reports.Running)));
        (await TimelineAsync(TimelineEventKind.Recovered)).ShouldBe(0);

        await SendAsync(TimeSpan.Zero, (4, 50, Earlier(Reports.Running)), (5, 40, Earlier(Reports.Running)));

        (await TimelineAsync(TimelineEventKind.Recovered)).ShouldBe(1);
    }

    private static Action<Report> Round(string unit) => report =>
    {
        Reports.Unit(report, "active", "running", "success", unit);
        report.Services.Complete = true;
    };

    private static Action<Report> Earlier(Action<Report> fill) => report =>
    {
        fill(report);
        report.BootId = "6f1d2c3b-0000-4000-8000-00000000000e";
    };

    private async Task SendAsync(TimeSpan helloTook, params (long Sequence, int SecondsAgo, Action<Report> Fill)[] reports)
    {
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(Controller, Agent, reports[^1].Sequence, helloTook: helloTook);
        await agent.DeliverAsync([.. reports.Select(r => agent.Report(r.Sequence, TimeSpan.FromSeconds(r.SecondsAgo), r.Fill))]);
    }

    private async Task<int> TimelineAsync(TimelineEventKind of)
    {
        IncidentBoard board = Controller.Service<IncidentBoard>();
        IncidentView incident = (await board.ListAsync(true, null, Stop)).Incidents.ShouldHaveSingleItem();
        return (await board.FindAsync(incident.Number, Stop))!.Timeline.Count(e => e.Kind == of);
    }

    private async Task<ComponentView?> ComponentAsync(string id)
    {
        string server = (await Controller.Service<ServerObservations>().ConnectionsAsync(only: null, Stop)).Keys.ShouldHaveSingleItem();
        return (await Controller.Service<ComponentStates>().OfServerAsync(server, Stop)).SingleOrDefault(c => c.ComponentId == id);
    }

    public sealed class OnSqlite() : ObservationOrderTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : ObservationOrderTests(StoreKind.Postgres);
}
