using System.Diagnostics;
using HaiSoft.EndToEnd.Tests.Crash;
using HaiSoft.EndToEnd.Tests.Faults;
using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Testing.Disks;
using HaiSoft.Testing.Networks;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.StoreFaults;

/// <summary>
/// The disk of the real controller's database fails under load: it is told within a minute, the controller stays, and when the disk is
/// mended acknowledgements go on and the ledger holds.
/// </summary>
public sealed class ControllerDiskTests
{
    private static readonly TimeSpan AlarmWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MendedWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DiskFault.Full)]
    [InlineData(DiskFault.Errors)]
    [InlineData(DiskFault.ReadOnly)]
    public Task A_disk_that_fails_is_told_and_what_was_acknowledged_stays(string fault) => SufferAsync(DiskFault.Named(fault), Count.Of(1));

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData(DiskFault.Full)]
    [InlineData(DiskFault.Errors)]
    [InlineData(DiskFault.ReadOnly)]
    public Task A_disk_that_fails_again_and_again_loses_nothing_that_was_acknowledged(string fault) => SufferAsync(DiskFault.Named(fault), Count.Of(10));

    private static async Task SufferAsync(DiskFault fault, int times)
    {
        Assert.SkipWhen(FaultyDisk.WhyNot() is not null, FaultyDisk.WhyNot() ?? "");
        Assert.SkipWhen(TestNetwork.WhyNot() is not null, TestNetwork.WhyNot() ?? "");
        var chance = new Chance(fault.Name);
        await using var disk = await FaultyDisk.CreateAsync(fault.AfterError, Stop);
        await using var bed = await CrashBed.StartAsync(chance.Seed, new BedPlaces { DataFolder = Path.Combine(disk.Path, "data") }, Stop);
        using var health = bed.Controller.Health();

        for (var time = 0; time < times; time++)
        {
            await bed.AcknowledgedAsync(100, Stop);
            // The moment is the scenario: there is nothing to await.
            await Task.Delay(chance.Moment(TimeSpan.FromSeconds(2)), TimeProvider.System, Stop);
            await OnceAsync(fault, disk, bed, health, chance);
        }

        var (fleet, agent, figures) = await bed.SettleAsync(Stop);
        TestContext.Current.TestOutputHelper?.WriteLine($"fleet: {fleet}\nagent: {agent}\n{figures.ToJsonString()}");
        fleet.Holds.ShouldBeTrue($"{fleet}\n{chance.Replay}");
        agent.Holds.ShouldBeTrue($"{agent}\n{chance.Replay}");
    }

    // Its journal is removed and grows again: a disk that refuses new blocks only is noticed at once.
    private static async Task AnewAsync(CrashBed bed)
    {
        await bed.Controller.StopAsync(Stop);
        await bed.Controller.StartAsync(Stop);
    }

    private static async Task OnceAsync(DiskFault fault, FaultyDisk disk, CrashBed bed, ControllerHealth health, Chance chance)
    {
        await AnewAsync(bed);
        var process = bed.Controller.Process;
        var begun = Stopwatch.GetTimestamp();
        await fault.BeginAsync(disk, Stop);
        var told = await Eventually.SeeAsync($"an alarm for {fault.Name}", AlarmWithin, async () => await health.FaultAsync(Stop) is { Length: > 0 } said ? said : null, Stop);
        TestContext.Current.TestOutputHelper?.WriteLine($"{fault.Name}: after {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s {told.ReplaceLineEndings(" ")}");
        // Its length is the scenario: there is nothing to await.
        await Task.Delay(Lasting, TimeProvider.System, Stop);
        bed.Controller.Process.ShouldBe(process, chance.Replay);
        bed.Controller.Exited.IsCompleted.ShouldBeFalse($"{bed.Controller.Log}\n{chance.Replay}");
        (await health.MetricsAsync(Stop))["haisoft_store_writable"].ShouldBe(0, chance.Replay);
        await Eventually.SeeAsync("a critical entry of the log", AlarmWithin, () => Task.FromResult(bed.Controller.Log.Contains("crit: ", StringComparison.Ordinal) ? "seen" : null), Stop);

        fault.End(disk);
        if (fault.NeedsAdministrator)
        {
            await bed.Controller.KillAsync(Stop);
            await disk.MountAgainAsync(Stop);
            await bed.Controller.StartAsync(Stop);
        }

        await Eventually.SeeAsync("a controller that is ready again", MendedWithin, async () => await health.FaultAsync(Stop) is { Length: 0 } none ? none : null, Stop);
    }
}
