using HaiSoft.Benchmarks.Figures;
using HaiSoft.Benchmarks.Machines;
using HaiSoft.FleetSimulator.Fleets;

namespace HaiSoft.Benchmarks.Measures;

/// <summary>What the controller's memory grows by with its agents, all connected by mutual TLS, reporting at their defaults.</summary>
internal static class FleetMemory
{
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(FleetBed bed, TimeSpan reporting, CancellationToken cancellationToken)
    {
        int process = bed.Controller.ProcessId;
        ProcessUse before = ProcessUse.Of(process);
        await using Fleet fleet = bed.Fleet(new FleetOptions());
        long begun = TimeProvider.System.GetTimestamp();
        await fleet.ConnectAsync(cancellationToken);
        TimeSpan connecting = TimeProvider.System.GetElapsedTime(begun);
        ProcessUse connected = ProcessUse.Of(process);
        fleet.BeginReporting();
        await Task.Delay(reporting, TimeProvider.System, cancellationToken);
        ProcessUse after = ProcessUse.Of(process);
        int agents = fleet.Agents.Count;
        return
        [
            new("resident, no agent", "MiB", before.ResidentBytes / ProcessUse.Mebibyte),
            new($"resident, {agents} agents connected", "MiB", connected.ResidentBytes / ProcessUse.Mebibyte, "mutual TLS, one stream each, nothing reported yet"),
            new($"resident, {agents} agents after {reporting.TotalSeconds:0} s", "MiB", after.ResidentBytes / ProcessUse.Mebibyte, "reports of an agent's defaults"),
            new("memory per agent, connected", "kB", (connected.ResidentBytes - before.ResidentBytes) / 1000.0 / agents, "garbage of the handshakes included"),
            new("memory per agent, reporting", "kB", (after.ResidentBytes - before.ResidentBytes) / 1000.0 / agents),
            new($"{agents} agents connect", "s", connecting.TotalSeconds, "64 dial at a time; simulator on the same cores"),
            new("controller's CPU for a connection", "ms", (connected.CpuSeconds - before.CpuSeconds) * 1000 / agents, "handshake to Welcome"),
            new("controller's CPU at defaults", "% of a core", (after.CpuSeconds - connected.CpuSeconds) / reporting.TotalSeconds * 100, "whole state of each agent at first"),
            new("reports at defaults", "1/s", fleet.Counters.Acknowledged / reporting.TotalSeconds),
        ];
    }
}
