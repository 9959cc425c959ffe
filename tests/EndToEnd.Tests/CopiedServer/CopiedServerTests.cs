using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Networks;
using HaiSoft.Testing.Processes;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.CopiedServer;

/// <summary>A server is copied with all that its agent keeps, and both run: both are served, and a technician hears of it.</summary>
public sealed class CopiedServerTests
{
    private const string Server = "web-01";
    private const string Dialled = "Dialling the controller";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Two streams side by side count as two machines after a minute.
    private static readonly TimeSpan Noticed = TimeSpan.FromMinutes(3);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_report_without_cutting_each_other_and_the_identity_is_in_doubt_until_it_is_revoked()
    {
        Assert.SkipWhen(TestNetwork.WhyNot() is not null, TestNetwork.WhyNot() ?? "");
        await using var network = await TestNetwork.CreateAsync(Stop);
        await using var controller = await ControllerProgram.StartAsync(network, ["--Controller:Ingest:ReconnectWithin=00:00:01"], dataFolder: null, Stop);
        using var technician = controller.Technician();
        await using var original = await AgentProgram.StartAsync(network.Controller, controller, Server, [], clock: null, Stop);
        await SeeAsync(technician, "the agent connected", server => server.Presence == AgentPresence.Connected);
        await original.KillAsync(Stop);
        using ScratchFolder copied = new();
        (await Tool.RunAsync("cp", ["--archive", original.StateFolder, copied["state"]], Stop)).Succeeded();

        original.Launch();
        var (program, arguments) = network.Controller.Inside(
            BuiltProgram.In("agent/Service", "haisoft-agent"), ["run", "--state", copied["state"], "--config", copied["none.json"]]);
        await using var copy = RunningProgram.Start(program, arguments);
        TestRun.Note(copy.Identity);

        await SeeAsync(technician, "the doubt", server => server.OrdersWithheld.Contains("in doubt", StringComparison.Ordinal), Noticed);
        (Dials(original.Log), Dials(copy.Said())).ShouldSatisfyAllConditions(
            dials => dials.Item1.ShouldBeLessThan(6, original.Log),
            dials => dials.Item2.ShouldBeLessThan(6, copy.Said()));
        await Eventually.SeeAsync(
            "the incident", Patience,
            async () => (await technician.IncidentsOfAsync(Server, Stop)).FirstOrDefault(incident => incident.Title.Contains("identity is in doubt", StringComparison.Ordinal)),
            Stop);

        (await controller.CtlAsync(["revoke", "--server", Server, "--reason", "copied"], Stop)).Succeeded();
        await copy.LineWithAsync("revoked", Patience, Stop);
        await SeeAsync(technician, "the revocation", server => server.Presence == AgentPresence.Revoked);
    }

    private static int Dials(string log) => log.Split('\n').Count(line => line.Contains(Dialled, StringComparison.Ordinal));

    private static Task<Server> SeeAsync(Technician technician, string what, Predicate<Server> wanted, TimeSpan? within = null) => Eventually.SeeAsync(
        what, within ?? Patience, async () => (await technician.ServerAsync(Server, Stop)).Server is { } server && wanted(server) ? server : null, Stop);
}
