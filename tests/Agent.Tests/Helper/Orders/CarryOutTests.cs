using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Helper.V1;
using HaiSoft.Testing.Packages;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Orders;

/// <summary>Orders that real dnf carries out, and what is told of them.</summary>
public sealed class CarryOutTests : OnOrderBed
{
    private static readonly OrderState[] WholeWay =
        [OrderState.Received, OrderState.Verified, OrderState.Fetched, OrderState.Intent, OrderState.Running, OrderState.Succeeded];

    [Fact]
    public async Task An_installation_is_carried_out_as_it_was_planned()
    {
        byte[] order = Bed.Order(await PlanInstallationAsync(new RpmSpec("app", "1.1")));

        JournalAnswer taken = await Bed.GiveAsync(order);
        taken.Entries.Select(entry => entry.Step.State).ShouldBe([OrderState.Received, OrderState.Verified]);
        OrderStep end = await Bed.EndAsync(order);

        end.State.ShouldBe(OrderState.Succeeded, Bed.Tell(order));
        end.Outcome.Packages.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            package => package.Done.ShouldBeTrue(),
            package => package.InstalledVersions.ShouldBe(["0:1.1-1"]));
        Bed.States(order).ShouldBe(WholeWay);
        (await Bed.InstalledAsync("app")).ShouldBe(["1.1"]);
        Bed.Starts.Count.ShouldBe(1);
        Bed.Held(order).Entries().Where(entry => entry.Progress is not null).Select(entry => entry.Progress.Phase)
            .ShouldBeSubsetOf([OrderPhase.Verifying, OrderPhase.Changing, OrderPhase.Scripts, OrderPhase.Inspecting]);
    }

    [Fact]
    public async Task An_update_replaces_what_was_there()
    {
        byte[] order = Bed.Order(await PlanUpdateAsync(new RpmSpec("app", "1.1")));

        await Bed.GiveAsync(order);

        (await Bed.EndAsync(order)).State.ShouldBe(OrderState.Succeeded, Bed.Tell(order));
        (await Bed.InstalledAsync("app")).ShouldBe(["1.1"]);
    }

    [Fact]
    public async Task A_package_that_takes_anothers_place_removes_it()
    {
        await Bed.Plans.Root.InstallAsync(Stop, await Bed.Plans.Repository.AddAsync(new RpmSpec("old-name", "1.0"), Stop));
        byte[] order = Bed.Order(await PlanInstallationAsync(new RpmSpec("new-name", "2.0") { Header = ["Obsoletes: old-name < 2", "Provides: old-name = 2"] }));

        await Bed.GiveAsync(order);

        OrderStep end = await Bed.EndAsync(order);
        end.State.ShouldBe(OrderState.Succeeded, Bed.Tell(order));
        end.Outcome.Packages.Select(package => (package.Name, package.Done)).ShouldBe([("new-name", true), ("old-name", true)]);
        (await Bed.InstalledAsync("old-name")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_order_again_is_told_alike_and_starts_nothing()
    {
        byte[] order = Bed.Order(await PlanInstallationAsync(new RpmSpec("app", "1.1")));
        await Bed.GiveAsync(order);
        await Bed.EndAsync(order);

        JournalAnswer again = await Bed.GiveAsync(order);
        Bed.Restart();
        await Bed.GiveAsync(order);

        again.Entries.ShouldBe(Bed.Held(order).Entries());
        again.Working.ShouldBeFalse();
        Bed.Starts.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("%pre", "%pre", false)]
    [InlineData("%post", "%post", true)]
    [InlineData("%posttrans", "%posttrans", true)]
    public async Task A_script_that_fails_is_told_whatever_dnf_says(string section, string told, bool isInstalled)
    {
        byte[] order = Bed.Order(await PlanInstallationAsync(new RpmSpec("app", "1.1") { Scripts = [$"{section} -p <lua>\nerror('broken')"] }));

        await Bed.GiveAsync(order);

        OrderStep end = await Bed.EndAsync(order);
        end.State.ShouldBe(OrderState.Failed, Bed.Tell(order));
        end.Failure.ShouldBe(OrderFailure.Script, Bed.Tell(order));
        Bed.Output(order).ShouldContain("broken");
        end.Outcome.FailedScripts.ShouldBe([$"app-0:1.1-1.noarch: {told}"]);
        (await Bed.InstalledAsync("app")).Length.ShouldBe(isInstalled ? 1 : 0);
        end.Outcome.Packages.ShouldHaveSingleItem().Done.ShouldBe(isInstalled);
    }

    [Fact]
    public async Task It_waits_for_whoever_changes_packages_and_goes_on()
    {
        byte[] order = Bed.Order(await PlanInstallationAsync(new RpmSpec("app", "1.1")));
        string held = Bed.Plans.Root["/var/lib/dnf/rpmdb_lock.pid"];
        Directory.CreateDirectory(Path.GetDirectoryName(held)!);
        await File.WriteAllTextAsync(held, $"{Environment.ProcessId}", Stop);

        await Bed.GiveAsync(order);
        await Bed.UntilAsync(() => Bed.Held(order).Entries().Any(entry => entry.Progress?.Phase == OrderPhase.Waiting));
        (await Bed.InstalledAsync("app")).ShouldBeEmpty();
        File.Delete(held);

        (await Bed.EndAsync(order)).State.ShouldBe(OrderState.Succeeded, Bed.Tell(order));
    }
}
