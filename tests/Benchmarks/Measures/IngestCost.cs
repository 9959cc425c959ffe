using HaiSoft.Benchmarks.Figures;
using HaiSoft.Benchmarks.Machines;
using HaiSoft.Benchmarks.Programs;

namespace HaiSoft.Benchmarks.Measures;

/// <summary>
/// How many reports a controller acknowledges when agents hold nothing back, and what a reading costs it; and the same of a bare prototype
/// in turn with it, so that whatever else the machine did, it did to both.
/// </summary>
internal static class IngestCost
{
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(FleetBed bed, Plan plan, CancellationToken cancellationToken)
    {
        List<FullSpeed> ours = [];
        List<FullSpeed> bare = [];
        for (int run = 1; run <= plan.FullSpeedRuns; run++)
        {
            ours.Add(await FullSpeed.RunAsync(bed.File, bed.Cpu, plan.FullSpeed, run, cancellationToken));
            await using PrototypeProgram prototype = await PrototypeProgram.StartAsync(bed.Data, cancellationToken);
            bare.Add(await FullSpeed.RunAsync(prototype.Fleet(bed.File), () => ProcessUse.Cpu(prototype.ProcessId), plan.FullSpeed, run, cancellationToken));
        }

        string note = $"{bed.Store}, {bed.File.Identities.Count} agents, mutual TLS, 30 readings a report, 4 under way each; simulator on the same cores";
        return
        [
            new("acknowledged reports", "1/s", [.. ours.Select(s => s.ReportsPerSecond)], note) { Reach = Reach.AtLeast(15_000) },
            new("the same, bare prototype", "1/s", [.. bare.Select(s => s.ReportsPerSecond)], "parses, stores one opaque row a report, commits, acknowledges; judges nothing"),
            new("share of the prototype", "%", [.. ours.Zip(bare, (a, b) => a.ReportsPerSecond / b.ReportsPerSecond * 100)]) { Reach = Reach.AtLeast(70) },
            new("acknowledged readings", "1/s", [.. ours.Select(s => s.Readings / s.Seconds)]),
            new("CPU per million acknowledged readings", "s", [.. ours.Select(s => s.CpuSeconds / s.Readings * 1e6)], "user and system time of controller and database") { Reach = Reach.AtMost(2) },
            new("the same, bare prototype", "s", [.. bare.Select(s => s.CpuSeconds / s.Readings * 1e6)]),
            new("CPU for a report", "µs", [.. ours.Select(s => s.MicrosecondsPerReport)]),
            new("the same of the fleet itself", "µs", [.. ours.Select(s => s.FleetCpuSeconds / s.Reports * 1e6)], "what the simulator leaves to the controller follows from it"),
            new("controller's share of the cores", "%", [.. ours.Select(s => s.CpuSeconds / s.Seconds / Environment.ProcessorCount * 100)]),
            new("ack latency at full speed, p50", "ms", [.. ours.Select(s => s.P50)]),
            new("ack latency at full speed, p99", "ms", [.. ours.Select(s => s.P99)]),
            new("resident after full speed", "MiB", ProcessUse.Of(bed.Controller.ProcessId).ResidentBytes / ProcessUse.Mebibyte),
        ];
    }
}
