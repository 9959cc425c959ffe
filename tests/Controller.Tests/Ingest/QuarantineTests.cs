using System.Data.Common;
using Dapper;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>A report that cannot be judged holds nothing up, and nobody overlooks it.</summary>
public abstract class QuarantineTests(StoreKind kind) : OneAgentTests(kind)
{
    [Fact]
    public async Task It_is_acknowledged_kept_and_told_and_what_follows_is_judged()
    {
        using LinkedAgent agent = await PoisonAsync();
        Report poison = agent.Report(2, TimeSpan.FromSeconds(9), Reports.Failed);
        await agent.DeliverAsync(poison, agent.Report(3, TimeSpan.FromSeconds(8), r => Reports.Unit(r, "failed", "failed", "exit-code", "nginx.service")));

        (string Kind, long Sequence, byte[] Report) kept = (await KeptAsync()).ShouldHaveSingleItem();
        kept.Kind.ShouldBe("Services");
        kept.Sequence.ShouldBe(2);
        Report.Parser.ParseFrom(kept.Report).ShouldBe(poison);
        (await OpenAsync()).Order(StringComparer.Ordinal).ShouldBe(["The agent's reports: A report could not be judged", "nginx.service is down"]);
        (await WarningAsync()).ShouldStartWith("A report of the agent could not be judged and is set aside; the last one: Services, JsonException");
        Controller.Service<Quarantine>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Sent_again_it_is_absorbed()
    {
        Report poison;
        using (LinkedAgent agent = await PoisonAsync())
            await agent.DeliverAsync(poison = agent.Report(2, TimeSpan.FromSeconds(9), Reports.Failed));
        using LinkedAgent again = await LinkedAgent.ConnectAsync(Controller, Agent, last: 2);
        again.Welcome!.LastDurableSequence.ShouldBe(2);
        await again.DeliverAsync(poison, again.Report(3, TimeSpan.FromSeconds(5), Reports.Load(1, named: true)));

        (await KeptAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_oldest_go_and_are_counted()
    {
        using LinkedAgent agent = await PoisonAsync();
        await agent.DeliverAsync([.. Enumerable.Range(2, 105).Select(i => agent.Report(i, TimeSpan.FromSeconds(200 - i), Reports.Failed))]);

        IReadOnlyList<(string Kind, long Sequence, byte[] Report)> kept = await KeptAsync();
        kept.Count.ShouldBe(100);
        kept.Min(k => k.Sequence).ShouldBe(7);
        (await WarningAsync()).ShouldStartWith("105 reports of the agent could not be judged and are set aside, 5 of them let go since");
    }

    [Fact]
    public async Task After_an_hour_without_another_one_the_fault_is_over()
    {
        using LinkedAgent agent = await PoisonAsync();
        await agent.DeliverAsync(agent.Report(2, TimeSpan.FromSeconds(9), Reports.Failed));
        Action<Report> good = r => Reports.Unit(r, "active", "running", "success", "nginx.service");
        Controller.Time.Advance(TimeSpan.FromMinutes(59));
        await agent.DeliverAsync(agent.Report(3, TimeSpan.Zero, good));
        (await WarningAsync()).ShouldNotBeNull();

        Controller.Time.Advance(TimeSpan.FromMinutes(2));
        await agent.DeliverAsync(agent.Report(4, TimeSpan.Zero, good));

        (await WarningAsync()).ShouldBeNull();
        (await Controller.Service<IncidentBoard>().ListAsync(false, null, Stop)).Incidents
            .Single(incident => incident.Title.StartsWith("The agent's reports", StringComparison.Ordinal)).RecoveredAt.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("mariadb\0.service", "U+0000")]
    [InlineData(null, "at most 512 are taken")]
    public async Task Text_that_no_store_takes_is_refused(string? unit, string words)
    {
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(Controller, Agent);
        await agent.SendReportsAsync(agent.Report(1, TimeSpan.Zero, r => Reports.Unit(r, "failed", "failed", "exit-code", unit ?? new string('u', 513))));

        (await agent.EndAsync()).Detail.ShouldContain(words);
    }

    // What is stored of mariadb.service is broken: the rule that reads it throws.
    private async Task<LinkedAgent> PoisonAsync()
    {
        LinkedAgent agent = await LinkedAgent.ConnectAsync(Controller, Agent);
        await agent.DeliverAsync(agent.Report(1, TimeSpan.FromSeconds(300), Reports.Running));
        await Controller.RunSqlAsync("UPDATE components SET facts = '{' WHERE component_id = 'service:systemd:mariadb.service'");
        return agent;
    }

    private async Task<IReadOnlyList<(string Kind, long Sequence, byte[] Report)>> KeptAsync()
    {
        await using DbConnection connection = await Controller.Service<StoreConnections>().OpenAsync(Stop);
        return [.. await connection.QueryAsync<(string Kind, long Sequence, byte[] Report)>("SELECT report_kind, sequence, report FROM quarantined_reports")];
    }

    private async Task<IEnumerable<string>> OpenAsync() =>
        (await Controller.Service<IncidentBoard>().ListAsync(false, null, Stop)).Incidents.Select(incident => incident.Title);

    private async Task<string?> WarningAsync() =>
        (await Controller.Service<ServerObservations>().WarningsAsync(only: null, Stop)).Values.SingleOrDefault()?.SingleOrDefault();

    public sealed class OnSqlite() : QuarantineTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : QuarantineTests(StoreKind.Postgres);
}
