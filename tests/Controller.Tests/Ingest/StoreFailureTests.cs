using System.Globalization;
using Grpc.Core;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Protocol.Agent.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>While the store fails nothing is acknowledged, nothing is set aside or lost, and no stream ends.</summary>
public abstract class StoreFailureTests(StoreKind kind)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // SQLite by its own bound; PostgreSQL answers as it does when its disk is full.
    private string[] Fill => kind == StoreKind.Sqlite ? ["PRAGMA max_page_count = 1"] :
    [
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON inventories FOR EACH ROW EXECUTE FUNCTION full_disk()",
    ];

    private string[] Free => kind == StoreKind.Sqlite ? ["PRAGMA max_page_count = 1000000"] : ["DROP TRIGGER full_disk ON inventories"];

    [Fact]
    public async Task What_comes_while_the_store_is_full_waits_and_is_stored_in_order_when_there_is_room()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        await controller.RunSqlAsync(Fill);
        Report[] reports = [agent.Report(1, TimeSpan.FromSeconds(9), Large), agent.Report(2, TimeSpan.FromSeconds(5), Reports.Failed)];
        await agent.SendReportsAsync(reports[0]);
        await agent.SendReportsAsync(reports[1]);
        Task acked = agent.AckedAsync(2);
        AgentStream stream = controller.Service<AgentStreams>().All().ShouldHaveSingleItem();
        for (int rest = 0; rest < 20 || stream.UnacknowledgedBytes < reports.Sum(report => report.CalculateSize()); rest++)
            await controller.PassTimeAsync(Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Token));
        acked.IsCompleted.ShouldBeFalse();
        (await controller.Service<IncidentBoard>().ListAsync(true, null, Token)).Incidents.ShouldBeEmpty();

        await controller.RunSqlAsync(Free);
        await controller.PassTimeAsync(acked);

        (await controller.Service<IncidentBoard>().ListAsync(true, null, Token)).Incidents.ShouldHaveSingleItem().Title.ShouldBe("mariadb.service is down");
        controller.Service<Quarantine>().Count.ShouldBe(0);
    }

    [Fact]
    public async Task What_a_damaged_schema_cannot_take_is_not_set_aside_and_what_follows_is_not_stored_before_it()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        AgentStream stream = controller.Service<AgentStreams>().All().ShouldHaveSingleItem();
        Report[] reports =
        [
            agent.Report(1, TimeSpan.FromSeconds(9), report => report.Inventory = new() { HostName = "web-01" }),
            agent.Report(2, TimeSpan.FromSeconds(5), Reports.Failed),
        ];
        await controller.RunSqlAsync("ALTER TABLE inventories RENAME TO inventories_gone");
        Task acked = agent.AckedAsync(2);
        // Both wait for the writer when the first one fails.
        await controller.Service<WriteGate>().WriteAsync(
            async (_, token) =>
            {
                await agent.SendReportsAsync(reports[0]);
                await agent.SendReportsAsync(reports[1]);
                while (stream.UnacknowledgedBytes < reports.Sum(report => report.CalculateSize()))
                    await Task.Yield();
            },
            Token);
        for (int rest = 0; rest < 20; rest++)
            await controller.PassTimeAsync(Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Token));
        acked.IsCompleted.ShouldBeFalse();
        controller.Service<Quarantine>().Count.ShouldBe(0);

        await controller.RunSqlAsync("ALTER TABLE inventories_gone RENAME TO inventories");
        await controller.PassTimeAsync(acked);

        (await controller.Service<IncidentBoard>().ListAsync(true, null, Token)).Incidents.ShouldHaveSingleItem().Title.ShouldBe("mariadb.service is down");
    }

    [Fact]
    public async Task Who_dials_while_the_store_does_not_tell_who_it_is_is_told_to_come_back()
    {
        await using RunningController controller = RunningController.Start(kind);
        TestAgent agent = await controller.EnrolAsync("web-01");
        await controller.RunSqlAsync("ALTER TABLE agents RENAME TO agents_gone", "ALTER TABLE technician_tokens RENAME TO technician_tokens_gone");

        using AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> call = agent.Link().Connect(cancellationToken: Token);
        RpcException refused = await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(Token));
        RpcException technician = await Should.ThrowAsync<RpcException>(
            async () => await controller.Records().ListServersAsync(new(), cancellationToken: Token));

        refused.StatusCode.ShouldBe(StatusCode.Unavailable);
        int.Parse(refused.Trailers.GetValue("retry-after")!, CultureInfo.InvariantCulture).ShouldBeInRange(20, 60);
        technician.StatusCode.ShouldBe(StatusCode.Unavailable);
        await controller.RunSqlAsync("ALTER TABLE agents_gone RENAME TO agents", "ALTER TABLE technician_tokens_gone RENAME TO technician_tokens");
        (await LinkedAgent.ConnectAsync(controller, agent)).Dispose();
    }

    [Fact]
    public async Task Who_enrols_or_renews_while_the_store_fails_is_told_to_come_back()
    {
        await using RunningController controller = RunningController.Start(kind);
        TestAgent agent = await controller.EnrolAsync("web-01");
        await controller.AddServerAsync("web-02");
        string token = await controller.TokenForAsync("web-02");
        // Who calls is still told; the transaction fails.
        await controller.RunSqlAsync("ALTER TABLE audit_entries RENAME TO audit_entries_gone");

        RpcException enrolment = await Should.ThrowAsync<RpcException>(() => TestAgent.EnrolAsync(controller, token));
        RpcException renewal = await Should.ThrowAsync<RpcException>(agent.RenewAsync);

        foreach (RpcException refused in new[] { enrolment, renewal })
        {
            refused.StatusCode.ShouldBe(StatusCode.Unavailable, refused.Status.Detail);
            int.Parse(refused.Trailers.GetValue("retry-after")!, CultureInfo.InvariantCulture).ShouldBeInRange(20, 60);
        }

        await controller.RunSqlAsync("ALTER TABLE audit_entries_gone RENAME TO audit_entries");
        await agent.RenewAsync();
        await TestAgent.EnrolAsync(controller, token);
    }

    private static void Large(Report report) => report.Inventory = new()
    {
        HostName = "web-01",
        Disks = { Enumerable.Range(0, 500).Select(i => new HaiSoft.Protocol.Agent.V1.Disk { Name = $"sd{i}", Model = new string('m', 200) }) },
    };

    public sealed class OnSqlite() : StoreFailureTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : StoreFailureTests(StoreKind.Postgres);
}
