using System.Diagnostics;
using HaiSoft.Benchmarks.Figures;

namespace HaiSoft.Benchmarks.Storage;

/// <summary>What measurements cost: bytes on the disk, CPU to take them in and to keep them small, time to read a chart.</summary>
internal static class StorageCost
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(StorageLoad load, int servers, string note, CancellationToken cancellationToken)
    {
        await using StorageBed bed = await StorageBed.MakeAsync(cancellationToken);
        int steps = (int)(Day / load.Spacing);
        double readings = (double)servers * steps * load.Series.Count;
        double cpu = await load.RunAsync(bed, servers, 0, steps, cancellationToken);
        IReadOnlyList<double> charts = await ReadChartsAsync(bed, load, servers, cancellationToken);
        double unsettled = bed.BytesOf("measurement_blocks") + bed.BytesOf("measurement_journal");
        bed.Time.Advance(TimeSpan.FromHours(7));
        await bed.KeepAsync(cancellationToken);
        double settled = bed.BytesOf("measurement_blocks");
        double rollups = bed.BytesOf("measurement_rollups");
        double week = await ReadWeekAsync(bed, load, cancellationToken);
        return
        [
            new($"{load.Name}: bytes per reading", "B", settled / readings, $"{note} Whole pages of the table and its indexes, after the day is settled.") { Reach = Reach.AtMost(2.5) },
            new($"{load.Name}: the same before", "B", unsettled / readings, "The day's small blocks and the journal."),
            new($"{load.Name}: a server's day, every reading", "MB", settled / servers / 1e6, $"{load.Series.Count} series each {load.Spacing.TotalSeconds:0} s; {servers} servers") { Reach = Reach.AtMost(0.65) },
            new($"{load.Name}: a server's day, roll-ups", "MB", rollups / servers / 1e6, "Five minutes and hours.") { Reach = Reach.AtMost(0.1) },
            new($"{load.Name}: a server's catalogue", "kB", bed.BytesOf("measurement_series") / 1e3 / servers),
            new($"{load.Name}: CPU to take in a million readings", "s", cpu / readings * 1e6, "Journal, its share of the commits' fsync included; the source's own time too."),
            new($"{load.Name}: CPU of upkeep for a million readings", "s", bed.UpkeepCpu / readings * 1e6, "Sorted, made blocks of, packed, rolled up."),
            new($"{load.Name}: chart of a day, p50", "ms", Quantiles.Of(charts, 0.5), "Six series, 240 parts, last hour in the journal."),
            new($"{load.Name}: chart of a day, p99", "ms", Quantiles.Of(charts, 0.99)),
            new($"{load.Name}: chart of a week from roll-ups", "ms", week),
        ];
    }

    private static async Task<IReadOnlyList<double>> ReadChartsAsync(StorageBed bed, StorageLoad load, int servers, CancellationToken cancellationToken)
    {
        List<double> times = [];
        for (int i = -20; i < 200; i++)
        {
            long begun = Stopwatch.GetTimestamp();
            var read = await bed.Measurements.ReadPartsAsync(
                StorageLoad.Server((i + 20) % servers), known => known.OrderBy(s => s.Metric).Take(6), bed.Time.GetUtcNow() - Day, Day / 240, 240, cancellationToken);
            if (i >= 0)
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            if (read.Values.Any(parts => parts.Count < 230))
                throw new InvalidOperationException("A chart misses readings that were taken in.");
        }

        return times;
    }

    private static async Task<double> ReadWeekAsync(StorageBed bed, StorageLoad load, CancellationToken cancellationToken)
    {
        List<double> times = [];
        for (int i = 0; i < 50; i++)
        {
            long begun = Stopwatch.GetTimestamp();
            await bed.Measurements.ReadPartsAsync(
                StorageLoad.Server(0), known => known.Take(6), bed.Time.GetUtcNow() - (7 * Day), TimeSpan.FromHours(1), 168, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return Quantiles.Of(times, 0.5);
    }
}
