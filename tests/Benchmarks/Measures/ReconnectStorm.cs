using HaiSoft.Benchmarks.Figures;
using HaiSoft.Benchmarks.Machines;
using HaiSoft.FleetSimulator.Agents;
using HaiSoft.FleetSimulator.Fleets;
using HaiSoft.Testing.Consoles;

namespace HaiSoft.Benchmarks.Measures;

/// <summary>How long a fleet that is cut off at once needs to be back, when nothing holds it back, and what a technician sees meanwhile.</summary>
internal static class ReconnectStorm
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BetweenPages = TimeSpan.FromMilliseconds(200);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(FleetBed bed, CancellationToken cancellationToken)
    {
        using ConsoleVisitor visitor = await bed.SignInAsync(cancellationToken);
        await using Fleet fleet = bed.Fleet(new FleetOptions { Reconnect = new ReconnectDelay(TimeSpan.Zero) });
        await fleet.ConnectAsync(cancellationToken);
        fleet.BeginReporting();
        await Task.Delay(Before, TimeProvider.System, cancellationToken);
        double cpu = ProcessUse.Cpu(bed.Controller.ProcessId);
        using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Longest);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(late.Token);
        Task<List<double>> pages = LookAsync(visitor, over.Token);
        CutStorm storm = await CutStorm.CauseAsync(fleet, TimeProvider.System, late.Token);
        cpu = ProcessUse.Cpu(bed.Controller.ProcessId) - cpu;
        await over.CancelAsync();
        List<double> seen = await pages;
        return
        [
            new($"{storm.Agents} agents cut off, all back", "s", storm.AllBack.TotalSeconds, "all dial at once"),
            new($"{storm.Agents} agents cut off, all acknowledged", "s", storm.AllAcknowledged.TotalSeconds) { Reach = Reach.AtMostWith(10_000, storm.Agents, 30) },
            new("controller's CPU for it", "s", cpu) { Reach = Reach.AtMostWith(10_000, storm.Agents, 20) },
            new("the console's queue meanwhile, p95", "ms", Quantiles.Of(seen, 0.95), $"{seen.Count} pages") { Reach = Reach.AtMost(1_000) },
            new("dialling failed", "times", fleet.Counters.Errors.Values.Sum() - storm.Agents, "beyond the cut itself"),
        ];
    }

    // Until it is told that the storm is over; the page under way then is left out.
    private static async Task<List<double>> LookAsync(ConsoleVisitor visitor, CancellationToken over)
    {
        List<double> times = [];
        try
        {
            while (true)
            {
                long begun = TimeProvider.System.GetTimestamp();
                await visitor.QueueAsync(over);
                times.Add(TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds);
                await Task.Delay(BetweenPages, TimeProvider.System, over);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return times;
        }
    }
}
