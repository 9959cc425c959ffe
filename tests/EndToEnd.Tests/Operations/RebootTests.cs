using HaiSoft.EndToEnd.Tests.Faults;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Packages;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Operations;

/// <summary>A booted server that reboots after an operation, or whose power fails in the middle of one, and boots again on the same root.</summary>
[Trait("Category", "Machines")]
public sealed class RebootTests
{
    private static readonly OrderState[] UntilRunning = [OrderState.Received, OrderState.Verified, OrderState.Fetched, OrderState.Intent, OrderState.Running];

    // What counts only after a reboot, by its name.
    private static readonly RpmSpec Firmware = new("linux-firmware", "1.0") { Header = [ShopServer.Alone] };

    private static readonly PlanRequest InstallFirmware = new() { InstallPackages = new() { Packages = { new PackageInstall { Name = Firmware.Name } } } };

    // rpm runs it itself: it writes down that it ran, and waits until it may go on.
    private static readonly RpmSpec Waiting = ShopServer.Later with
    {
        Scripts = ["%post -p <lua>\nlocal ran = io.open('/ran', 'a')\nran:write('post ')\nran:close()\nwhile not posix.stat('/go') do posix.sleep(1) end"],
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_a_reboot_is_needed_there_is_one_and_the_operation_ends_after_it_and_where_it_is_not_there_is_none()
    {
        ShopServer.SkipWithoutTools();
        await using var server = await OrderedServer.StartAsync(ShopServer.Later, Firmware, List);
        var boot = await BootAsync(server);

        var update = await server.OrderAsync(change: order => order.Reboot = RebootPolicy.IfNeeded);
        (await server.EndAsync(update)).Select(step => step.State).ShouldBe([.. UntilRunning, OrderState.Succeeded], await server.ToldAsync(update));
        (await BootAsync(server)).ShouldBe(boot);

        var install = await server.OrderAsync(InstallFirmware, order => order.Reboot = RebootPolicy.IfNeeded);
        await server.GoneDownAsync();
        await server.Machine.BootAgainAsync(Stop);
        var steps = await server.EndAsync(install);
        steps.Select(step => step.State).ShouldBe([.. UntilRunning, OrderState.Rebooting, OrderState.Succeeded], await server.ToldAsync(install));
        steps[^2].Outcome.RebootNeeded.ShouldBeTrue();
        steps[^1].Outcome.RebootNeeded.ShouldBeFalse();
        steps[^1].Detail.ShouldMatch("^Rebooted [-0-9: ]+Z, back [-0-9: ]+Z\\.$");
        (await BootAsync(server)).ShouldNotBe(boot);
        (await server.Machine.MustAsync(["systemctl", "is-active", "shop.service"], Stop)).ShouldBe("active\n");
        await ShouldHoldTogetherAsync(server);
    }

    [Fact]
    public async Task A_power_cut_in_the_middle_of_dnf_is_repaired_and_one_before_the_reboot_stands_for_it()
    {
        ShopServer.SkipWithoutTools();
        await using var server = await OrderedServer.StartAsync(Waiting, Firmware, List);
        var update = await server.OrderAsync();
        await Programs.Eventually.SeeAsync("the package's script has begun", TimeSpan.FromMinutes(1), async () => await RanAsync(server) == 1 ? "" : null, Stop);
        await CutAsync(server);
        await File.WriteAllTextAsync(server.Machine.Path("/go"), "", Stop);
        (await server.EndAsync(update)).Select(step => step.State).ShouldBe([.. UntilRunning, OrderState.Unknown, OrderState.Reconciled], await server.ToldAsync(update));
        (await RanAsync(server)).ShouldBe(2);
        (await server.Machine.MustAsync(["rpm", "--query", "--queryformat", "%{VERSION}\n", "shop"], Stop)).ShouldBe("1.1\n");
        await ShouldHoldTogetherAsync(server);

        var install = await server.OrderAsync(InstallFirmware, order => order.Reboot = RebootPolicy.Always);
        await server.ReachAsync(install, OrderState.Rebooting);
        await CutAsync(server);
        var boot = await BootAsync(server);
        (await server.EndAsync(install)).Select(step => step.State).ShouldBe([.. UntilRunning, OrderState.Rebooting, OrderState.Succeeded], await server.ToldAsync(install));
        (await BootAsync(server)).ShouldBe(boot);
        await ShouldHoldTogetherAsync(server);
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task A_power_cut_at_each_state_of_the_journal_twenty_times_starts_nothing_twice_and_reboots_once()
    {
        ShopServer.SkipWithoutTools();
        await using var server = await OrderedServer.StartAsync(Waiting);
        await File.WriteAllTextAsync(server.Machine.Path("/go"), "", Stop);
        var plan = await server.PlanAsync();
        OrderState[] states = [OrderState.Verified, OrderState.Fetched, OrderState.Intent, OrderState.Running, OrderState.Rebooting];
        foreach (var state in states.SelectMany(state => Enumerable.Repeat(state, Count.Of(20))))
        {
            File.Delete(server.Machine.Path("/ran"));
            await server.Machine.MustAsync(["rpm", "--upgrade", "--oldpackage", "--replacepkgs", "--nodeps", "--nosignature", "--force-debian", "/root/shop-1.0-1.noarch.rpm"], Stop);
            var order = await server.GiveAsync(plan, order => order.Reboot = RebootPolicy.Always);
            await server.ReachAsync(order, state);
            await CutAsync(server);
            var (steps, reboots) = await server.EndThroughRebootsAsync(order);

            var told = $"cut at {state}: {await server.ToldAsync(order)}";
            reboots.ShouldBeLessThanOrEqualTo(1, told);
            steps.Count(step => step.State == OrderState.Running).ShouldBeLessThanOrEqualTo(1, told);
            (await RanAsync(server)).ShouldBeLessThanOrEqualTo(1 + steps.Count(step => step.State == OrderState.Unknown), told);
            if (steps[^1].State == OrderState.Unknown)
                continue;
            await ShouldHoldTogetherAsync(server);
            var version = await server.Machine.MustAsync(["rpm", "--query", "--queryformat", "%{VERSION}", "shop"], Stop);
            version.ShouldBe(steps[^1].State == OrderState.Failed ? "1.0" : "1.1", told);
        }
    }

    private static void List(Catalogue catalogue)
    {
        catalogue.Operations.Single(operation => operation.Kind == OperationKind.InstallPackages).Reboot = true;
        catalogue.Packages.Add(new Package { Name = Firmware.Name, RepositoryId = "main" });
    }

    private static async Task CutAsync(OrderedServer server)
    {
        await server.Machine.CutPowerAsync(Stop);
        await server.Machine.BootAgainAsync(Stop);
    }

    private static async Task ShouldHoldTogetherAsync(OrderedServer server) =>
        (await server.Machine.RunAsync(["dnf", "--noplugins", "--setopt=reposdir=/nowhere", "check"], Stop)).ShouldSatisfyAllConditions(check => check.ExitCode.ShouldBe(0, $"{check}"));

    private static Task<string> BootAsync(OrderedServer server) => File.ReadAllTextAsync(server.Machine.Path("/proc/sys/kernel/random/boot_id"), Stop);

    private static async Task<int> RanAsync(OrderedServer server) =>
        File.Exists(server.Machine.Path("/ran")) ? (await File.ReadAllTextAsync(server.Machine.Path("/ran"), Stop)).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length : 0;
}
