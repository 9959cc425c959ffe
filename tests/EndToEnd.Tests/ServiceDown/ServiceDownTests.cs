using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Testing.Consoles;
using HaiSoft.Testing.Containers;
using HaiSoft.Testing.Debian;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Networks;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.ServiceDown;

/// <summary>A customer's web server with the packaged agent: its database dies for good, and comes back.</summary>
[Trait("Category", "Machines")]
public sealed class ServiceDownTests
{
    private const string Server = "web-01";
    private const string Database = "/usr/sbin/mariadbd";

    // Services are checked each minute at most often, and a failed check is repeated after 2 s here.
    private const string Configuration = """{ "services": { "interval": "1m", "repeatAfter": "2s" } }""";
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(90);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_that_dies_for_good_is_an_incident_within_a_second_of_the_check_that_confirms_it_and_stays_one_until_resolved()
    {
        Assert.SkipWhen(Container.WhyNot() is not null, Container.WhyNot() ?? "");
        Assert.SkipWhen(AgentPackage.Path is null, AgentPackage.Missing);
        await using var network = await TestNetwork.CreateAsync(Stop);
        await using var controller = await ControllerProgram.StartAsync(network, Stop);
        using var technician = controller.Technician();
        using var console = await ConsoleVisitor.SignInAsync(
            network.Controller.HttpHandler(), controller.Console, controller.DataFolder, Stop);
        await using var server = await Container.StartAsync(network, RootFolder.Services, Server, Stop);
        await AgentPackage.InstallAsync(server, controller, Server, Configuration, Stop);
        await Eventually.SeeAsync(
            "both services healthy",
            Round,
            async () => await HealthAsync(technician, "mariadb") == Health.Healthy && await HealthAsync(technician, "apache2") == Health.Healthy ? server : null,
            Stop);

        await KillForGoodAsync(server);

        await Eventually.SeeAsync("the incident on the page", Round, async () => (await console.QueueAsync(Stop)).Contains("mariadb", StringComparison.Ordinal) ? console : null, Stop);
        var seen = TimeProvider.System.GetUtcNow();
        var confirmed = (await ComponentAsync(technician, "mariadb"))!.ObservedTime.ToDateTimeOffset();
        (seen - confirmed).ShouldBeLessThan(TimeSpan.FromSeconds(1));

        var incident = (await controller.CtlJsonAsync(["incidents"], Stop))["incidents"]!.AsArray().ShouldHaveSingleItem()!;
        incident["server"]!.GetValue<string>().ShouldBe(Server);
        incident["kind"]!.GetValue<string>().ShouldBe("service");
        var clock = incident["clocks"]!.AsArray().ShouldHaveSingleItem()!;
        clock["kind"]!.GetValue<string>().ShouldBe("intervention");
        clock["state"]!.GetValue<string>().ShouldBe("running");
        (clock["due_time"]!.GetValue<DateTimeOffset>() - incident["detected_time"]!.GetValue<DateTimeOffset>()).ShouldBe(TimeSpan.FromHours(1));

        await server.MustAsync(["mv", Database + ".away", Database], Stop);
        await server.MustAsync(["systemctl", "start", "mariadb"], Stop);

        var recovered = await Eventually.SeeAsync(
            "the recovery", Round, async () => (await technician.IncidentsOfAsync(Server, Stop)).FirstOrDefault(open => open.RecoveredTime is not null), Stop);
        recovered.State.ShouldBe(IncidentState.Detected, "Recovery alone closes nothing.");

        var number = recovered.IncidentId;
        (await controller.CtlAsync(["begin", number], Stop)).Succeeded();
        (await controller.CtlAsync(["resolve", number, "--note", "Binary put back, database started."], Stop)).Succeeded();
        (await controller.CtlJsonAsync(["incidents"], Stop))["incidents"]!.AsArray().ShouldBeEmpty();
    }

    /// <summary>Killed, and unable to come back: its program is gone, so that systemd's restarts fail too.</summary>
    private static async Task KillForGoodAsync(Container server)
    {
        await server.MustAsync(["mv", Database, Database + ".away"], Stop);
        await server.MustAsync(["systemctl", "kill", "--signal=SIGKILL", "mariadb"], Stop);
    }

    private static async Task<Health?> HealthAsync(Technician technician, string service) => (await ComponentAsync(technician, service))?.Health;

    private static async Task<Component?> ComponentAsync(Technician technician, string service) =>
        (await technician.ServerAsync(Server, Stop)).Components.FirstOrDefault(component =>
            component.Service && component.ComponentId.Contains($"systemd:{service}.service", StringComparison.Ordinal));
}
