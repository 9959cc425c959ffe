using HaiSoft.EndToEnd.Tests.Crash;
using HaiSoft.EndToEnd.Tests.Faults;
using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Testing.Disks;
using HaiSoft.Testing.Networks;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.StoreFaults;

/// <summary>The disk of a real agent's spool is full, or has flipped a byte: technicians are told within a minute, the rest goes on.</summary>
public sealed class AgentSpoolTests
{
    private const string OpenFaults = """
        SELECT count(*) FROM findings f JOIN servers s ON s.server_id = f.server_id
        WHERE s.name = @server AND f.component_id = 'agent:spool' AND f.recovered_time IS NULL
        """;

    private const string Faults = "SELECT count(*) FROM findings f JOIN servers s ON s.server_id = f.server_id WHERE s.name = @server AND f.component_id = 'agent:spool'";
    private const string Dropped = "haisoft_ingest_dropped_total";
    private static readonly TimeSpan AlarmWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MendedWithin = TimeSpan.FromMinutes(3);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_a_finding_reports_go_on_and_it_ends_with_it()
    {
        Skip();
        var chance = new Chance("spool on a full disk");
        await using var disk = await FaultyDisk.CreateAsync(AfterError.ReadOnly, Stop);
        await using var bed = await CrashBed.StartAsync(chance.Seed, new BedPlaces { StateFolder = Path.Combine(disk.Path, "state") }, Stop);
        await HeldOfAgentAsync(bed, 5);

        disk.Fill();
        await SeeAsync("a finding of the spool", AlarmWithin, () => bed.Number(OpenFaults, ("server", bed.Agent.Server)) == 1);
        bed.Agent.Exited.IsCompleted.ShouldBeFalse($"{bed.Agent.Log}\n{chance.Replay}");
        await bed.AcknowledgedAsync(100, Stop);
        disk.Free();

        await SeeAsync("the end of the finding", MendedWithin, () => bed.Number(OpenFaults, ("server", bed.Agent.Server)) == 0);
        bed.Number(Faults, ("server", bed.Agent.Server)).ShouldBe(1, chance.Replay);
        var epoch = SpoolLeft.In(bed.Agent.StateFolder).Epoch;
        var before = bed.Durable(epoch);
        await SeeAsync("acknowledgements of the agent", MendedWithin, () => bed.Durable(epoch) > before);
    }

    [Fact]
    public async Task A_flipped_byte_costs_one_record_which_is_told_and_the_rest_is_acknowledged()
    {
        Skip();
        var chance = new Chance("flipped byte");
        await using var bed = await CrashBed.StartAsync(chance.Seed, Stop);
        await HeldOfAgentAsync(bed, 5);
        // What follows is in the spool alone.
        await bed.Controller.StopAsync(Stop);
        var segment = new DirectoryInfo(Path.Combine(bed.Agent.StateFolder, "spool")).EnumerateFiles("*.segment").MaxBy(file => file.Name)!;
        var (whole, length) = (SpoolLeft.In(bed.Agent.StateFolder), segment.Length);
        await SeeAsync("records that nobody has acknowledged", AlarmWithin, () => SpoolLeft.In(bed.Agent.StateFolder).Last >= whole.Last + 4);
        await bed.Agent.KillAsync(Stop);
        whole = SpoolLeft.In(bed.Agent.StateFolder);
        // The last record is left whole: damage at the very end is a torn tail.
        Flip(segment.FullName, chance.Between(length + 64, length + ((new FileInfo(segment.FullName).Length - length) / 2)), chance);
        var damaged = SpoolLeft.In(bed.Agent.StateFolder);
        (whole.Reports.Count - damaged.Reports.Count).ShouldBe(1, chance.Replay);

        await bed.Controller.StartAsync(Stop);
        bed.Agent.Launch();

        await SeeAsync("everything else", MendedWithin, () => bed.Durable(damaged.Epoch) >= damaged.Last);
        using var health = bed.Controller.Health();
        await Eventually.SeeAsync("the loss of one record", AlarmWithin, async () => (await health.MetricsAsync(Stop))[Dropped] == 1 ? "told" : null, Stop);
        await bed.Fleet.EndAsync(Stop);
        var fleet = await bed.CheckAsync("", Stop);
        fleet.Holds.ShouldBeTrue($"{fleet}\n{chance.Replay}");
    }

    private static void Skip()
    {
        Assert.SkipWhen(FaultyDisk.WhyNot() is not null, FaultyDisk.WhyNot() ?? "");
        Assert.SkipWhen(TestNetwork.WhyNot() is not null, TestNetwork.WhyNot() ?? "");
    }

    private static Task<string> HeldOfAgentAsync(CrashBed bed, int reports) => SeeAsync(
        "reports of the real agent",
        AlarmWithin,
        () => SpoolLeft.In(bed.Agent.StateFolder) is var held && held.Last >= reports && bed.Durable(held.Epoch) >= reports);

    private static Task<string> SeeAsync(string what, TimeSpan within, Func<bool> isSo) =>
        Eventually.SeeAsync(what, within, () => Task.FromResult(isSo() ? what : null), Stop);

    private static void Flip(string path, long at, Chance chance)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = at;
        var was = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(was ^ chance.Between(1, 255)));
    }
}
