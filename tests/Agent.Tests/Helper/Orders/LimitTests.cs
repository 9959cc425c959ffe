using System.Globalization;
using HaiSoft.Agent.Helper.CarryOut;
using HaiSoft.Agent.Helper.Files;
using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Agent.Helper.Tools;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Packages;
using HaiSoft.Testing.Processes;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Orders;

/// <summary>Orders that meet a limit of the server: nothing is changed, and that is told.</summary>
public sealed class LimitTests : OnOrderBed
{
    private static readonly TimeSpan LongerThanOrdersWait = TimeSpan.FromMinutes(30);

    private string RpmLock => Bed.Plans.Root["/var/lib/dnf/rpmdb_lock.pid"];

    private async Task HoldRpmLockAsync()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(RpmLock)!);
        await File.WriteAllTextAsync(RpmLock, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), Stop);
    }

    private async Task ShouldHaveFailedAsync(OrderStep end, OrderFailure failure)
    {
        end.State.ShouldBe(OrderState.Failed, $"{end}");
        end.Failure.ShouldBe(failure, $"{end}");
        (await Bed.InstalledAsync("app")).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_does_not_wait_for_ever_for_whoever_changes_packages()
    {
        byte[] order = Bed.Order(await PlanInstallationAsync(new RpmSpec("app", "1.1")));
        Bed.Take(order);
        HeldOrder held = Bed.Held(order);
        // While the test has the order's lock the job does not start it: here it is this process that carries it out.
        await using (FileLock.TryTake(Path.Combine(held.Folder, "lock")))
            await Bed.UntilAsync(() => held.State() == OrderState.Intent);
        await HoldRpmLockAsync();
        PackageOperator packages = new(new PackageTool(TimeProvider.System), Bed.Plans.Maker.Keys, Bed.Plans.Root.Path, lockPatience: TimeSpan.FromSeconds(1));

        Units units = new(new PackageTool(TimeProvider.System), Bed.Plans.Root.Path, TimeProvider.System);
        Inspector inspector = new(packages, units);
        await new CarryOutJob(Bed.Journal, packages, units, inspector, new RebootJob(inspector, units, TimeProvider.System)).RunAsync(held.Id, Stop);

        await ShouldHaveFailedAsync(held.Entries()[^1].Step, OrderFailure.Locked);
        held.Entries().ShouldContain(entry => entry.Progress != null && entry.Progress.Phase == OrderPhase.Waiting);
    }

    [Fact]
    public async Task It_does_not_wait_for_ever_to_see_whether_its_plan_holds()
    {
        string other = await Bed.Plans.Repository.AddAsync(new RpmSpec("other", "1.0"), Stop);
        byte[] order = Bed.Order(await PlanInstallationAsync(new RpmSpec("app", "1.1")));
        await Bed.Plans.Root.InstallAsync(Stop, other);
        await HoldRpmLockAsync();
        await Bed.GiveAsync(order);

        Bed.Plans.Time.Advance(TimeSpan.FromMinutes(10));

        await ShouldHaveFailedAsync(await Bed.EndAsync(order), OrderFailure.Locked);
        Bed.Starts.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Another_program_that_holds_the_lock_for_half_an_hour()
    {
        byte[] order = Bed.Order(await PlanInstallationAsync(new RpmSpec("app", "1.1")));
        await HoldRpmLockAsync();
        await Bed.GiveAsync(order);

        await ShouldHaveFailedAsync(await Bed.EndAsync(order, LongerThanOrdersWait), OrderFailure.Locked);

        TimeSpan waited = Bed.Held(order).Entries()[^1].EntryTime.ToDateTimeOffset() - Bed.Held(order).Entries().First(entry => entry.Step?.State == OrderState.Running).EntryTime.ToDateTimeOffset();
        waited.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task A_file_system_without_room()
    {
        byte[] order = Bed.Order(await PlanInstallationAsync(new RpmSpec("app", "1.1")));
        using ScratchFolder aside = new();
        await MustAsync("cp", "-a", Bed.Plans.Root.Path + "/.", aside.Path);
        await MustAsync("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", Bed.Plans.Root.Path);
        try
        {
            await MustAsync("cp", "-a", aside.Path + "/.", Bed.Plans.Root.Path);

            await Bed.GiveAsync(order);

            await ShouldHaveFailedAsync(await Bed.EndAsync(order), OrderFailure.Space);
            Bed.Starts.ShouldBeEmpty();
        }
        finally
        {
            await Tool.RunAsync("umount", ["-l", Bed.Plans.Root.Path], CancellationToken.None);
        }
    }

    private static async Task MustAsync(string program, params string[] arguments) => (await Tool.RunAsync(program, arguments, Stop)).Succeeded();
}
