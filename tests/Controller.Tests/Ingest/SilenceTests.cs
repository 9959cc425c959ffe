using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Tests.Identity;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>What does not come is noticed.</summary>
public abstract class SilenceTests(StoreKind kind)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_agent_that_is_gone_for_three_minutes_is_silent_which_is_neither_healthy_nor_an_outage()
    {
        await using RunningController controller = RunningController.Start(kind);
        TestAgent identity = await controller.EnrolAsync("web-01");
        string serverId;
        using (LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, identity))
        {
            await agent.DeliverAsync(agent.Report(1, TimeSpan.Zero, Reports.Running));
            await agent.HalfCloseAsync();
            (await agent.EndAsync()).StatusCode.ShouldBe(Grpc.Core.StatusCode.OK);
        }

        AgentWatch watch = controller.Service<IEnumerable<IHostedService>>().OfType<AgentWatch>().Single();
        await DisconnectedAsync(controller);
        controller.Time.Advance(TimeSpan.FromMinutes(2));
        await watch.LookAsync(Token);
        IncidentBoard board = controller.Service<IncidentBoard>();
        (await board.ListAsync(false, null, Token)).Incidents.ShouldBeEmpty();

        controller.Time.Advance(TimeSpan.FromMinutes(1.5));
        await watch.LookAsync(Token);
        IncidentView incident = (await board.ListAsync(false, null, Token)).Incidents.ShouldHaveSingleItem();
        incident.Kind.ShouldBe(IncidentKind.Monitoring);
        serverId = incident.ServerId;
        ComponentView link = (await controller.Service<ComponentStates>().OfServerAsync(serverId, Token))
            .Single(c => c.Kind == ComponentKind.Agent);
        link.Health.ShouldBe(Health.Unknown);

        using LinkedAgent back = await LinkedAgent.ConnectAsync(controller, identity, last: 1);
        (await board.ListAsync(false, null, Token)).Incidents.ShouldHaveSingleItem().RecoveredAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_service_that_was_not_checked_for_fifteen_minutes_is_a_finding()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        await agent.DeliverAsync(agent.Report(1, TimeSpan.Zero, Reports.Running));
        AgentWatch watch = controller.Service<IEnumerable<IHostedService>>().OfType<AgentWatch>().Single();

        controller.Time.Advance(TimeSpan.FromMinutes(16));
        await watch.LookAsync(Token);

        IncidentView incident = (await controller.Service<IncidentBoard>().ListAsync(false, null, Token)).Incidents.ShouldHaveSingleItem();
        incident.Kind.ShouldBe(IncidentKind.Monitoring);
        incident.Title.ShouldStartWith("mariadb.service was not checked for 1");
    }

    [Fact]
    public async Task Cutting_a_stream_ends_it_within_a_second()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        AgentStreams streams = controller.Service<AgentStreams>();
        string serverId = streams.ConnectedServers().ShouldHaveSingleItem();
        Task<Grpc.Core.Status> end = agent.EndAsync();

        streams.Cut(serverId, "identity revoked").ShouldBeTrue();

        Grpc.Core.Status status = await end.WaitAsync(TimeSpan.FromSeconds(1), Token);
        status.StatusCode.ShouldBe(Grpc.Core.StatusCode.PermissionDenied);
        status.Detail.ShouldBe("identity revoked");
    }

    private static async Task DisconnectedAsync(RunningController controller)
    {
        ServerObservations observations = controller.Service<ServerObservations>();
        while ((await observations.ConnectionsAsync(only: null, Token)).Values.Single().DisconnectedAt is null)
            await Task.Yield();
    }

    public sealed class OnSqlite() : SilenceTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : SilenceTests(StoreKind.Postgres);
}
