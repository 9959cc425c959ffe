using Dapper;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Telemetry;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>Clocks that are off, and clocks that are set (DESIGN 3).</summary>
public abstract class ClockWatchTests(StoreKind kind) : OneAgentTests(kind)
{
    [Fact]
    public async Task An_incident_tells_observed_received_and_corrected_time_apart()
    {
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(Controller, Agent, clockOff: TimeSpan.FromHours(2));
        Report failed = agent.Report(1, TimeSpan.Zero, Reports.Failed);
        failed.ObservedTime = (Controller.Time.GetUtcNow() + TimeSpan.FromHours(2)).ToTimestamp();
        Report confirmed = agent.Report(2, TimeSpan.Zero, Reports.Failed);
        await agent.DeliverAsync(failed, confirmed);

        IncidentBoard board = Controller.Service<IncidentBoard>();
        IncidentView incident = (await board.ListAsync(false, null, Stop)).Incidents.ShouldHaveSingleItem();
        IncidentDetail detail = (await board.FindAsync(incident.Number, Stop)).ShouldNotBeNull();

        incident.DetectedAt.ShouldBe(Controller.Time.GetUtcNow(), TimeSpan.FromSeconds(5));
        detail.Timeline.ShouldContain(entry => entry.Text.Contains("by its clock, which was 2 h 0 min ahead", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_clock_that_is_set_between_two_streams_is_a_warning_and_a_fact()
    {
        (await LinkedAgent.ConnectAsync(Controller, Agent)).Dispose();
        Controller.Time.StepWallClock(TimeSpan.FromMinutes(30));

        using LinkedAgent agent = await LinkedAgent.ConnectAsync(Controller, Agent, clockOff: TimeSpan.FromHours(-1));

        GetServerResponse shown = await ShownAsync();
        shown.Server.Warnings.ShouldContain("The server's clock was set back by 1 h 0 min within the last day; times are corrected");
        shown.Facts.Single(fact => fact.Name == "Clock").Value.ShouldStartWith("1 h 0 min behind, set back by 1 h 0 min");
    }

    [Fact]
    public async Task A_clock_that_is_set_while_the_stream_stands_is_noticed_by_the_next_report()
    {
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(Controller, Agent);
        Controller.Time.StepWallClock(TimeSpan.FromMinutes(1));
        Report report = agent.Report(1, TimeSpan.Zero, Reports.Running);
        report.ObservedTime = (Controller.Time.GetUtcNow() + TimeSpan.FromDays(2)).ToTimestamp();
        await agent.DeliverAsync(report);

        GetServerResponse shown = await ShownAsync();

        shown.Server.Warnings.ShouldContain(warning => warning.Contains("set forward by 2 d 0 h", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_step_in_a_batch_that_the_store_did_not_take_is_noticed_when_it_does()
    {
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(Controller, Agent);
        Controller.Time.StepWallClock(TimeSpan.FromMinutes(1));
        await Controller.RunSqlAsync("ALTER TABLE inventories RENAME TO inventories_gone");
        Report[] reports =
        [
            agent.Report(1, TimeSpan.Zero, Reports.Running),
            agent.Report(2, TimeSpan.Zero, report => report.Inventory = new() { HostName = "web-01" }),
        ];
        foreach (Report report in reports)
            report.ObservedTime = (Controller.Time.GetUtcNow() + TimeSpan.FromDays(2)).ToTimestamp();
        await agent.SendReportsAsync(reports);
        Task acked = agent.AckedAsync(2);
        while (Controller.Service<StoreWatch>().Fault is null)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Stop);
        acked.IsCompleted.ShouldBeFalse();

        await Controller.RunSqlAsync("ALTER TABLE inventories_gone RENAME TO inventories");
        await Controller.PassTimeAsync(acked);

        (await ShownAsync()).Server.Warnings.ShouldContain(warning => warning.Contains("set forward by 2 d 0 h", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_time_since_boot_that_cannot_have_passed_yet_says_nothing_of_the_clock()
    {
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(Controller, Agent);
        Controller.Time.StepWallClock(TimeSpan.FromMinutes(1));
        Report report = agent.Report(1, TimeSpan.Zero, Reports.Running);
        report.ObservedUptime = TimeSpan.FromDays(3000).ToDuration();
        await agent.DeliverAsync(report);

        (await ShownAsync()).Server.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_clock_that_is_right_is_no_warning()
    {
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(Controller, Agent);
        Controller.Time.StepWallClock(TimeSpan.FromMinutes(1));
        await agent.DeliverAsync(agent.Report(1, TimeSpan.Zero, Reports.Running));

        GetServerResponse shown = await ShownAsync();

        shown.Server.Warnings.ShouldBeEmpty();
        shown.Facts.Single(fact => fact.Name == "Clock").Value.ShouldStartWith("right to half a second");
    }

    [Fact]
    public async Task However_often_a_clock_is_set_the_newest_steps_are_kept_and_no_more()
    {
        DateTimeOffset start = Controller.Time.GetUtcNow();
        IReadOnlyList<long> steps = await NotedAsync(
            ClockTable.MostSteps + 30,
            i => new(start.AddMinutes(i), "boot", TimeSpan.FromMinutes(i), TimeSpan.FromHours(i % 2)),
            "step_microseconds IS NOT NULL");

        steps.Count.ShouldBe(ClockTable.MostSteps);
        steps[^1].ShouldBe(start.AddMinutes(ClockTable.MostSteps + 30).ToUnixMicroseconds());
    }

    [Fact]
    public async Task Readings_of_a_clock_are_bounded_steps_or_not()
    {
        DateTimeOffset start = Controller.Time.GetUtcNow();
        IReadOnlyList<long> readings = await NotedAsync(
            ClockTable.MostReadings + 30, i => new(start.AddMinutes(i), $"boot-{i}", TimeSpan.FromMinutes(i), TimeSpan.Zero), "TRUE");

        readings.Count.ShouldBe(ClockTable.MostReadings);
    }

    private async Task<IReadOnlyList<long>> NotedAsync(int count, Func<int, ClockReading> reading, string which) =>
        await Controller.Service<WriteGate>().WriteAsync(
            async (session, _) =>
            {
                for (int i = 1; i <= count; i++)
                    ClockTable.Note(session, "of-nobody", reading(i));
                return (await session.Connection.QueryAsync<long>(
                    $"SELECT measured_time FROM agent_clocks WHERE server_id = 'of-nobody' AND {which} ORDER BY measured_time",
                    transaction: session.Transaction)).AsList();
            },
            Stop);

    private async Task<GetServerResponse> ShownAsync() => await Controller.Records().GetServerAsync(new GetServerRequest { Name = "web-01" });

    public sealed class OnSqlite() : ClockWatchTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : ClockWatchTests(StoreKind.Postgres);
}
