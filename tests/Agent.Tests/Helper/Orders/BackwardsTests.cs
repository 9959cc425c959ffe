using Google.Protobuf;
using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Agent.Tests.Helper.Packages;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Packages;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Orders;

/// <summary>Plans that take packages away or back to an earlier version, which no request for an installation or update gives.</summary>
public sealed class BackwardsTests : OnOrderBed
{
    [Fact]
    public async Task A_package_is_removed()
    {
        PlanAnswer real = await PlanInstallationAsync(new RpmSpec("app", "1.1"));
        await Bed.Plans.Root.InstallAsync(Stop, FileOf("1.1"));
        byte[] order = Bed.Order(await KeepAsync(real, change =>
        {
            (change.Action, change.OldVersion, change.NewVersion) = (PackageAction.Remove, "0:1.1-1", "");
            change.File = null;
        }));

        await Bed.GiveAsync(order);

        OrderStep end = await Bed.EndAsync(order);
        end.State.ShouldBe(OrderState.Succeeded, Bed.Tell(order));
        end.Outcome.Packages.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            package => package.Done.ShouldBeTrue(),
            package => package.InstalledVersions.ShouldBeEmpty());
        (await Bed.InstalledAsync("app")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_package_goes_back_to_an_earlier_version()
    {
        PlanAnswer real = await PlanInstallationAsync(new RpmSpec("app", "1.0"));
        await Bed.Plans.Root.InstallAsync(Stop, await Bed.Plans.Repository.AddAsync(new RpmSpec("app", "1.1"), Stop));
        byte[] order = Bed.Order(await KeepAsync(real, change => (change.Action, change.OldVersion) = (PackageAction.Downgrade, "0:1.1-1")));

        await Bed.GiveAsync(order);

        OrderStep end = await Bed.EndAsync(order);
        end.State.ShouldBe(OrderState.Succeeded, Bed.Tell(order));
        end.Outcome.Packages.ShouldHaveSingleItem().InstalledVersions.ShouldBe(["0:1.0-1"]);
        (await Bed.InstalledAsync("app")).ShouldBe(["1.0"]);
    }

    private string FileOf(string version) => Path.Combine(Bed.Plans.Repository.Folder, new RpmSpec("app", version).FileName);

    // A plan as it was made, with another change in it, of what is installed now.
    private async Task<PlanAnswer> KeepAsync(PlanAnswer real, Action<PackageChange> change)
    {
        Plan plan = PlanBed.Read(real).Clone();
        PackageChange only = plan.Changes.ShouldHaveSingleItem();
        string name = KeptPlans.NameOf(only);
        string file = Path.Combine(Bed.Plans.StateFolder, name);
        File.Copy(Path.Combine(Bed.Plans.KeptFolder(real), name), file);
        change(only);
        plan.PackageStateHash = ByteString.CopyFrom(await Bed.Plans.Maker.PackageStateAsync(Stop));
        Dictionary<string, string> files = only.File is null ? [] : new() { [name] = file };
        return new PlanAnswer { Plan = ByteString.CopyFrom(new KeptPlans(Path.Combine(Bed.Plans.StateFolder, "plans"), Bed.Plans.Time).Keep(plan, files)) };
    }
}
