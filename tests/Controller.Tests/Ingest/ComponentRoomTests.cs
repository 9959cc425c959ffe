using Dapper;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>What an agent tells of does not grow without end at the controller, and an honest agent goes on.</summary>
public abstract class ComponentRoomTests(StoreKind kind) : OneAgentTests(kind)
{
    [Fact]
    public async Task Services_beyond_the_bound_are_left_out_and_told_and_disks_have_their_room()
    {
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(Controller, Agent);

        await agent.DeliverAsync(agent.Report(1, TimeSpan.Zero, Services("a", ComponentRoom.MostOfKind + 3)));
        await agent.DeliverAsync(agent.Report(2, TimeSpan.Zero, Reports.Disks(Reports.Nvme("S1"))));

        GetServerResponse shown = await ShownAsync();
        shown.Components.Count(component => IsService(component)).ShouldBe(ComponentRoom.MostOfKind);
        shown.Components.ShouldContain(component => component.ComponentId == "disk:S1");
        shown.Server.Warnings.ShouldContain(warning => warning.Contains("more than 500 components of a kind (Service)", StringComparison.Ordinal));

        Controller.Time.StepWallClock(TimeSpan.FromMinutes(1));
        await agent.DeliverAsync(agent.Report(3, TimeSpan.Zero, Services("a", 3)));
        (await ShownAsync()).Server.Warnings.ShouldNotContain(warning => warning.Contains("components of a kind", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Services_that_come_and_go_under_ever_new_names_are_forgotten()
    {
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(Controller, Agent);

        for (int round = 1; round <= 9; round++)
        {
            Controller.Time.StepWallClock(TimeSpan.FromMinutes(1));
            await agent.DeliverAsync(agent.Report(round, TimeSpan.Zero, Services($"round-{round}", 400)));
        }

        long rows = await Controller.Service<WriteGate>().WriteAsync(
            (session, _) => session.Connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM components", transaction: session.Transaction), Stop);
        rows.ShouldBeLessThan(2000);
        (await ShownAsync()).Components.Count(component => IsService(component)).ShouldBe(400);
    }

    private static bool IsService(Component component) => component.ComponentId.StartsWith("service:", StringComparison.Ordinal);

    private static Action<Report> Services(string name, int count) => report =>
    {
        Report one = report.Clone();
        Reports.Running(one);
        report.Services = one.Services.Clone();
        report.Services.Complete = true;
        report.Services.Checks.Clear();
        for (int i = 0; i < count; i++)
        {
            ServiceCheck check = one.Services.Checks[0].Clone();
            check.Service.ServiceId = $"systemd:{name}-{i}.service";
            report.Services.Checks.Add(check);
        }
    };

    private async Task<GetServerResponse> ShownAsync() => await Controller.Records().GetServerAsync(new() { Name = "web-01" }, cancellationToken: Stop);

    public sealed class OnSqlite() : ComponentRoomTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : ComponentRoomTests(StoreKind.Postgres);
}
