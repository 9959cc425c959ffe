using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Packages;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Operations;

/// <summary>The packaged helper carries a signed order out on a booted server, in a unit of its own, and looks after the services.</summary>
[Trait("Category", "Machines")]
public sealed class OrderTests
{
    // rpm runs it itself: it says that it has begun, and waits until it may go on.
    private const string Waiting = "%post -p <lua>\nio.open('/begun', 'w'):close()\nwhile not posix.stat('/go') do posix.sleep(1) end";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly RpmSpec Kiosk = new("kiosk", "1.0")
    {
        Header = [ShopServer.Alone],
        Files = new Dictionary<string, string>
        {
            ["/usr/libexec/kiosk"] = "#!/bin/sh\nexec sleep infinity",
            ["/usr/lib/systemd/system/kiosk.service"] = "[Service]\nExecStart=/usr/libexec/kiosk\n[Install]\nWantedBy=multi-user.target",
        },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_update_is_carried_out_and_its_service_restarted_although_the_job_is_restarted_in_the_middle()
    {
        ShopServer.SkipWithoutTools();
        await using var server = await OrderedServer.StartAsync(ShopServer.Later with { Scripts = [Waiting] });
        var before = await MainProcessAsync(server);

        var order = await server.OrderAsync();
        await Eventually.SeeAsync("the package's script has begun", Patience, async () => File.Exists(server.Machine.Path("/begun")) ? "" : await EndedAsync(server), Stop);
        (await server.Machine.MustAsync(["systemctl", "show", "--property=ControlGroup", OrderedServer.UnitOf(order)], Stop)).ShouldContain(OrderedServer.UnitOf(order));
        await server.Machine.MustAsync(["systemctl", "restart", "haisoft-run.service", "haisoft-plan.service"], Stop);
        (await server.ReadAsync()).ShouldNotBeNull().Working.ShouldBeTrue();
        await File.WriteAllTextAsync(server.Machine.Path("/go"), "", Stop);

        var steps = await server.EndAsync(order);
        steps.Select(step => step.State).ShouldBe(
            [OrderState.Received, OrderState.Verified, OrderState.Fetched, OrderState.Intent, OrderState.Running, OrderState.Succeeded], await server.ToldAsync(order));
        steps[^1].Outcome.Units.ShouldBe([new UnitOutcome { Unit = "shop.service", RanBefore = true, RunsNow = true }]);
        (await MainProcessAsync(server)).ShouldNotBe(before);
        (await server.Machine.MustAsync(["rpm", "--query", "--queryformat", "%{VERSION}\n", "shop"], Stop)).ShouldBe("1.1\n");
    }

    [Fact]
    public async Task An_installation_starts_the_service_that_was_chosen_and_an_update_that_leaves_one_down_is_told_within_a_minute()
    {
        ShopServer.SkipWithoutTools();
        var broken = ShopServer.Later with { Files = new Dictionary<string, string>(ShopServer.Later.Files) { ["/usr/libexec/shop"] = "#!/bin/sh\nexit 1" } };
        await using var server = await OrderedServer.StartAsync(broken, Kiosk, catalogue => catalogue.Packages.Add(new Package
        {
            Name = "kiosk",
            RepositoryId = "main",
            Options = { new PackageOption { Service = new ServiceOption { Unit = "kiosk.service" } } },
        }));

        var choice = new PackageChoice { ServiceEnabled = true };
        var install = await server.OrderAsync(new PlanRequest { InstallPackages = new() { Packages = { new PackageInstall { Name = "kiosk", Choices = { choice } } } } });
        var installed = (await server.EndAsync(install))[^1];
        installed.State.ShouldBe(OrderState.Succeeded, await server.ToldAsync(install));
        installed.Outcome.Units.ShouldBe([new UnitOutcome { Unit = "kiosk.service", RunsNow = true }]);
        (await server.Machine.MustAsync(["systemctl", "is-active", "kiosk.service"], Stop)).ShouldBe("active\n");
        (await server.Machine.MustAsync(["systemctl", "is-enabled", "kiosk.service"], Stop)).ShouldBe("enabled\n");

        var update = await server.OrderAsync();
        var steps = await server.EndAsync(update);
        steps[^1].State.ShouldBe(OrderState.Failed, await server.ToldAsync(update));
        steps[^1].Failure.ShouldBe(OrderFailure.Service);
        steps[^1].Outcome.Packages.ShouldHaveSingleItem().Done.ShouldBeTrue();
        steps[^1].Outcome.Units.ShouldBe([new UnitOutcome { Unit = "shop.service", RanBefore = true }]);
        var entries = (await server.ReadAsync())!.Entries.Where(entry => entry.OrderId == update.OrderId).ToList();
        var running = entries.Single(entry => entry.Step?.State == OrderState.Running);
        (entries[^1].EntryTime.ToDateTimeOffset() - running.EntryTime.ToDateTimeOffset()).ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    private static async Task<string> MainProcessAsync(OrderedServer server) =>
        await server.Machine.MustAsync(["systemctl", "show", "--property=MainPID", "shop.service"], Stop);

    private static async Task<string?> EndedAsync(OrderedServer server) =>
        await server.ReadAsync() is { Working: false } answer ? string.Join('\n', answer.Entries) : null;
}
