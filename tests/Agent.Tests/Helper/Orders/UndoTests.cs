using HaiSoft.Agent.Tests.Helper.Packages;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Packages;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Orders;

/// <summary>Orders that real dnf carries out and undoes: afterwards every package is what it was before, to its header.</summary>
public sealed class UndoTests : OnUndoBed
{
    [Fact]
    public async Task An_update_is_undone_with_all_that_it_replaced()
    {
        string[] files = await PublishAsync(
            new("app", "1.0") { Header = ["Requires: lib = 1.0"] }, new("lib", "1.0"), new("other", "1.0"), new("app", "1.1") { Header = ["Requires: lib = 1.1"] }, new("lib", "1.1"));
        await Bed.Plans.Root.InstallAsync(Stop, files[..3]);
        string[] before = await InstalledAsync();
        byte[] update = await CarryOutAsync(await Bed.Plans.UpdateAsync("app"));
        (await InstalledAsync()).ShouldNotBe(before);

        PlanAnswer answer = await PlanUndoAsync(update);
        Plan plan = PlanBed.Read(answer);
        await CarryOutAsync(answer);

        plan.Undo.OrderId.ShouldBe(Bed.Held(update).Content.OrderId);
        plan.Changes.Select(change => (change.Action, change.Name, change.OldVersion, change.NewVersion, change.Reason)).ShouldBe(
            [(PackageAction.Downgrade, "app", "0:1.1-1", "0:1.0-1", PackageReason.Asked), (PackageAction.Downgrade, "lib", "0:1.1-1", "0:1.0-1", PackageReason.Needed)]);
        plan.Changes.ShouldAllBe(change => change.File.KeyFingerprint == Bed.Plans.Repository.Key.Fingerprint && change.OldFile != null);
        (await InstalledAsync()).ShouldBe(before);
        await ShouldHoldTogetherAsync();
    }

    [Fact]
    public async Task An_installation_is_undone_with_what_it_brought_and_nothing_else_and_so_is_that()
    {
        string[] files = await PublishAsync(new("other", "1.0"), new("lib", "1.0"), new("app", "1.1") { Header = ["Requires: lib"] });
        await Bed.Plans.Root.InstallAsync(Stop, files[0]);
        string[] before = await InstalledAsync();
        byte[] install = await CarryOutAsync(await Bed.Plans.InstallAsync("app"));
        string[] installed = await InstalledAsync();
        // The repository is not asked.
        Bed.Plans.Repository.Stop();

        PlanAnswer undo = await PlanUndoAsync(install);
        byte[] removal = await CarryOutAsync(undo);
        string[] removed = await InstalledAsync();
        await CarryOutAsync(await PlanUndoAsync(removal));

        PlanBed.Read(undo).Changes.Select(change => (change.Action, change.Name)).ShouldBe([(PackageAction.Remove, "app"), (PackageAction.Remove, "lib")]);
        removed.ShouldBe(before);
        (await InstalledAsync()).ShouldBe(installed);
        await ShouldHoldTogetherAsync();
    }

    [Fact]
    public async Task A_package_whose_place_another_took_comes_back()
    {
        string[] files = await PublishAsync(new("old-name", "1.0"), new("new-name", "2.0") { Header = ["Obsoletes: old-name < 2", "Provides: old-name = 2"] });
        await Bed.Plans.Root.InstallAsync(Stop, files[0]);
        string[] before = await InstalledAsync();
        byte[] install = await CarryOutAsync(await Bed.Plans.InstallAsync("new-name"));

        PlanAnswer undo = await PlanUndoAsync(install);
        await CarryOutAsync(undo);

        PlanBed.Read(undo).Changes.Select(change => (change.Action, change.Name)).ShouldBe([(PackageAction.Remove, "new-name"), (PackageAction.Install, "old-name")]);
        (await InstalledAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task What_failed_and_is_in_place_can_be_undone_and_the_advisories_that_are_open_again_are_told()
    {
        RpmSpec fix = new("app", "1.1") { Scripts = ["%post -p <lua>\nerror('broken')"] };
        string[] files = await PublishAsync(new("app", "1.0"), fix);
        await Bed.Plans.Repository.PublishAsync(Stop, fix);
        await Bed.Plans.Root.InstallAsync(Stop, files[0]);
        string[] before = await InstalledAsync();
        byte[] update = await CarryOutAsync(await Bed.Plans.UpdateAsync("app"), OrderState.Failed);

        PlanAnswer undo = await PlanUndoAsync(update);
        await CarryOutAsync(undo);

        PlanBed.Read(undo).ReopenedAdvisories.ShouldBe(["TEST-app-1.1"]);
        (await InstalledAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task What_an_earlier_order_brought_needs_no_repository_to_be_kept()
    {
        string[] files = await PublishAsync(new RpmSpec("app", "1.0"));
        await CarryOutAsync(await Bed.Plans.InstallAsync("app"));
        string[] before = await InstalledAsync();
        File.Delete(files[0]);
        await PublishAsync(new RpmSpec("app", "1.1"));

        PlanAnswer update = await Bed.Plans.UpdateAsync("app");
        await CarryOutAsync(await PlanUndoAsync(await CarryOutAsync(update)));

        PlanBed.Read(update).Changes.ShouldHaveSingleItem().OldFile.SizeBytes.ShouldBeGreaterThan(0);
        (await InstalledAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_service_that_goes_away_with_its_package_is_told()
    {
        await PublishAsync(new RpmSpec("app", "1.1") { Header = ["AutoReqProv: no"], Files = new Dictionary<string, string> { ["/usr/lib/systemd/system/app.service"] = "[Service]" } });
        byte[] install = await CarryOutAsync(await Bed.Plans.InstallAsync("app"));

        PlanBed.Read(await PlanUndoAsync(install)).StoppedUnits.ShouldBe(["app.service"]);
    }
}
