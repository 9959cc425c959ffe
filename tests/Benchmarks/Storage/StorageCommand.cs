using System.CommandLine;
using HaiSoft.Benchmarks.Figures;
using HaiSoft.Controller.Measurements;
using HaiSoft.FleetSimulator.Servers;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Benchmarks.Storage;

/// <summary>The verb <c>storage</c>: what measurements cost, on real readings of this machine and on the simulator's.</summary>
internal static class StorageCommand
{
    private static readonly TimeSpan Scaled = TimeSpan.FromSeconds(15);

    public static Command Make(string name, string description)
    {
        Option<string?> recording = new("--recording") { Description = "Real readings that were recorded before (--record); by default a minute is recorded fast." };
        Option<string?> record = new("--record") { Description = "Records real readings to this file, and does nothing else." };
        Option<TimeSpan> every = new("--every") { Description = "Time between two samples of a recording.", DefaultValueFactory = _ => Scaled };
        Option<int> samples = new("--samples") { Description = "Samples of a recording.", DefaultValueFactory = _ => 240 };
        Option<int> servers = new("--servers") { Description = "Servers that report for a day.", DefaultValueFactory = _ => 40 };
        Command command = new(name, description) { recording, record, every, samples, servers };
        command.SetAction(async (result, cancel) =>
        {
            if (result.GetValue(record) is { } file)
            {
                await RecordAsync(file, result.GetValue(every), result.GetValue(samples), cancel);
                return 0;
            }

            FigureReport.Publish("storage", await MeasureAsync(result.GetValue(recording), result.GetValue(servers), cancel));
            return 0;
        });
        return command;
    }

    /// <summary>Both loads.</summary>
    /// <param name="recording">A file of real readings; null to record a minute of this machine.</param>
    /// <param name="servers">Servers that report for a day.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<Figure>> MeasureAsync(string? recording, int servers, CancellationToken cancellationToken)
    {
        Recording samples = Recording.Read(recording is null ? await FastAsync(cancellationToken) : File.ReadLines(recording));
        string note = FormattableString.Invariant(
            $"{samples.Count} samples of this machine, {samples.Spacing.TotalSeconds:0.##} s apart, told as {Scaled.TotalSeconds:0} s apart and played again to fill a day.");
        return
        [
            .. await StorageCost.MeasureAsync(Real(samples), servers, note, cancellationToken),
            .. await StorageCost.MeasureAsync(Simulated(servers), servers, "The simulator's series.", cancellationToken),
        ];
    }

    private static StorageLoad Real(Recording recording) => new(
        "real",
        Scaled,
        [.. recording.Series.Select((s, i) => new SeriesNaming(i + 1, s.Metric, s.Component, s.IsCounter ? SeriesBehaviour.Counter : SeriesBehaviour.Gauge))],
        // Each server is at another place of the recording.
        (server, step, values) => recording.At(step + (server * 97 % recording.Count), values));

    private static StorageLoad Simulated(int servers)
    {
        SimulatedServer[] fleet = [.. Enumerable.Range(1, servers).Select(number => new SimulatedServer(number, seed: 1, readings: 30, TimeProvider.System))];
        Series[] series = [.. fleet[0].Measurements.Take().Measurements.NewSeries];
        return new StorageLoad(
            "simulated",
            TimeSpan.FromMinutes(1),
            [.. series.Select(s => new SeriesNaming(s.Number, s.Metric, s.Component, (SeriesBehaviour)s.Kind))],
            (server, _, values) => fleet[server].Measurements.Take().Measurements.Values.CopyTo(values, 0));
    }

    private static async Task<IEnumerable<string>> FastAsync(CancellationToken cancellationToken)
    {
        List<string> lines = [];
        for (int i = 0; i < 240; i++)
        {
            lines.AddRange(KernelDump.Take(TimeProvider.System).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, cancellationToken);
        }

        return lines;
    }

    private static async Task RecordAsync(string file, TimeSpan every, int samples, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(every, TimeProvider.System);
        for (int i = 0; i < samples; i++)
        {
            await File.AppendAllTextAsync(file, KernelDump.Take(TimeProvider.System), cancellationToken);
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
