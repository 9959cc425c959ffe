using HaiSoft.Benchmarks.Figures;
using HaiSoft.Benchmarks.Machines;
using HaiSoft.FleetSimulator.Agents;
using HaiSoft.FleetSimulator.Fleets;

namespace HaiSoft.Benchmarks.Measures;

/// <summary>How long a fleet that is cut off at once needs to be back, when nothing holds it back.</summary>
internal static class ReconnectStorm
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(FleetBed bed, CancellationToken cancellationToken)
    {
        await using Fleet fleet = bed.Fleet(new FleetOptions { Reconnect = new ReconnectDelay(TimeSpan.Zero) });
        await fleet.ConnectAsync(cancellationToken);
        fleet.BeginReporting();
        await Task.Delay(Before, TimeProvider.System, cancellationToken);
        double cpu = ProcessUse.Cpu(bed.Controller.ProcessId);
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Longest);
        CutStorm storm = await CutStorm.CauseAsync(fleet, TimeProvider.System, late.Token);
        cpu = ProcessUse.Cpu(bed.Controller.ProcessId) - cpu;
        return
        [
            new($"{storm.Agents} agents cut off, all back", "s", storm.AllBack.TotalSeconds, "all dial at once"),
            new($"{storm.Agents} agents cut off, all acknowledged", "s", storm.AllAcknowledged.TotalSeconds),
            new("controller's CPU for it", "s", cpu),
            new("dialling failed", "times", fleet.Counters.Errors.Values.Sum() - storm.Agents, "beyond the cut itself"),
        ];
    }
}
