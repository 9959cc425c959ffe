using HaiSoft.Benchmarks.Figures;
using HaiSoft.Benchmarks.Machines;
using HaiSoft.FleetSimulator.Fleets;
using HaiSoft.FleetSimulator.Servers;

namespace HaiSoft.Benchmarks.Measures;

/// <summary>
/// What the controller needs for its agents, all connected by mutual TLS: when they say nothing, and when each reports its measurements
/// once a minute, after their first whole state is known.
/// </summary>
internal static class FleetAtDefaults
{
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(FleetBed bed, TimeSpan reporting, CancellationToken cancellationToken)
    {
        int process = bed.Controller.ProcessId;
        ProcessUse before = ProcessUse.Of(process);
        await using Fleet fleet = bed.Fleet(new FleetOptions { Mix = ReportMix.Measurements });
        long begun = TimeProvider.System.GetTimestamp();
        await fleet.ConnectAsync(cancellationToken);
        TimeSpan connecting = TimeProvider.System.GetElapsedTime(begun);
        ProcessUse connected = ProcessUse.Of(process);
        fleet.BeginReporting();
        await fleet.FirstStateKnownAsync(cancellationToken);
        (ProcessUse known, double cpu) = (ProcessUse.Of(process), bed.Cpu());
        (int handles, int threads, long reports) = (ProcessUse.Handles(process), ProcessUse.Threads(process), fleet.Counters.Acknowledged);
        await Task.Delay(reporting, TimeProvider.System, cancellationToken);
        ProcessUse after = ProcessUse.Of(process);
        int agents = fleet.Agents.Count;
        string during = $"in {reporting.TotalMinutes:0.#} min at a report of 30 readings each minute";
        return
        [
            new("resident, no agent", "MiB", Mebibytes(before)),
            new($"resident, {agents} agents connected", "MiB", Mebibytes(connected), "mutual TLS, one stream each, nothing reported yet"),
            new($"resident, {agents} agents reporting", "MiB", Mebibytes(after)) { Reach = Reach.AtMostWith(10_000, agents, 1.1 * 1024) },
            new("memory per agent, connected", "kB", (connected.ResidentBytes - before.ResidentBytes) / 1000.0 / agents, "garbage of the handshakes included")
                { Reach = Reach.AtMost(100) },
            new("memory per agent, reporting", "kB", (after.ResidentBytes - before.ResidentBytes) / 1000.0 / agents),
            new($"{agents} agents connect", "s", connecting.TotalSeconds, "64 dial at a time; simulator on the same cores"),
            new("controller's CPU for a connection", "ms", (connected.CpuSeconds - before.CpuSeconds) * 1000 / agents, "handshake to Welcome"),
            new($"CPU of controller and database, {agents} agents", "% of a core", (bed.Cpu() - cpu) / reporting.TotalSeconds * 100, during)
                { Reach = Reach.AtMostWith(10_000, agents, 10) },
            new("acknowledged reports meanwhile", "1/s", (fleet.Counters.Acknowledged - reports) / reporting.TotalSeconds),
            new("resident memory grew by", "MiB", Mebibytes(after) - Mebibytes(known), during),
            new("handles grew by", "", ProcessUse.Handles(process) - handles),
            new("threads grew by", "", ProcessUse.Threads(process) - threads),
        ];
    }

    private static double Mebibytes(ProcessUse use) => use.ResidentBytes / ProcessUse.Mebibyte;
}
