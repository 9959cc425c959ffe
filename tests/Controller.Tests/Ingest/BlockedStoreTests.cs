using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Controller.Tests.Storage;
using HaiSoft.Protocol.Agent.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>While the store blocks, agents cost a bounded memory, and whoever only reads is served.</summary>
public abstract class BlockedStoreTests(StoreKind kind)
{
    private const int Agents = 6;
    private const int ReportsEach = 20;
    private const int Bound = 4 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Memory_stays_bounded_nothing_is_acknowledged_streams_live_and_pages_are_read()
    {
        using TestStore store = TestStore.Make(kind);
        await using RunningController controller = RunningController.StartOn(
            store, settings: new() { ["Controller:Ingest:InFlightBytes"] = $"{Bound}" });
        List<LinkedAgent> agents = [];
        for (int i = 1; i <= Agents; i++)
            agents.Add(await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync($"web-{i:D2}")));
        agents.ShouldAllBe(agent => agent.Welcome!.CreditBytes == 256 << 10);
        IngestBudget budget = controller.Service<IngestBudget>();
        TaskCompletionSource blocked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task holding = controller.Service<WriteGate>().WriteAsync((_, token) => blocked.Task.WaitAsync(token), Token);

        Task[] sending = [.. agents.Select(SendAsync)];
        long largest = agents[0].Report(1, TimeSpan.Zero, Large).CalculateSize();
        while (budget.Stopped < Agents)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Token);
        Task<ConnectResponse>[] told = [.. agents.Select(agent => agent.NextAsync())];

        budget.Held.ShouldBeInRange(Bound, Bound + (Agents * largest));
        controller.Service<IngestQueue>().Count.ShouldBeLessThanOrEqualTo(Agents);
        controller.Service<AgentStreams>().Count.ShouldBe(Agents);
        (await controller.Service<IncidentBoard>().ListAsync(true, null, Token)).Incidents.ShouldBeEmpty();
        (await controller.Service<ServerObservations>().ConnectionsAsync(only: null, Token)).Count.ShouldBe(Agents);
        told.ShouldAllBe(next => !next.IsCompleted);

        blocked.SetResult();
        await holding;
        for (int i = 0; i < Agents; i++)
        {
            if ((await told[i]).Ack?.Sequence is not ReportsEach)
                await agents[i].AckedAsync(ReportsEach);
        }

        await Task.WhenAll(sending);
        budget.Held.ShouldBe(0);
        foreach (LinkedAgent agent in agents)
            agent.Dispose();
    }

    [Fact]
    public void Each_of_many_agents_is_given_its_share_and_never_less_than_a_round_needs()
    {
        IngestBudget budget = new(Microsoft.Extensions.Options.Options.Create(new IngestOptions { InFlightBytes = 64 << 20 }));

        budget.CreditAmong(1).ShouldBe(256 << 10);
        budget.CreditAmong(1024).ShouldBe(128 << 10);
        budget.CreditAmong(10_000).ShouldBe(64 << 10);
    }

    // More than the whole node holds; an agent that keeps to its credit would send less at a time.
    private static async Task SendAsync(LinkedAgent agent)
    {
        for (int i = 1; i <= ReportsEach; i++)
            await agent.SendReportsAsync(agent.Report(i, TimeSpan.FromSeconds(60 - i), Large));
    }

    private static void Large(Report report) => report.Inventory = new()
    {
        HostName = "web-01",
        Disks = { Enumerable.Range(0, 180).Select(i => new HaiSoft.Protocol.Agent.V1.Disk { Name = $"sd{i}", Model = new string('m', 256), Serial = new string('s', 220) }) },
    };

    public sealed class OnSqlite() : BlockedStoreTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : BlockedStoreTests(StoreKind.Postgres);
}
