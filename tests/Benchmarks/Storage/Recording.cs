using System.Globalization;

namespace HaiSoft.Benchmarks.Storage;

/// <summary>Real readings of this machine over some time, which can be played for longer than they last.</summary>
internal sealed class Recording
{
    private readonly double[][] _samples;
    private readonly double[] _growth;

    private Recording(IReadOnlyList<KernelReading> series, double[][] samples, TimeSpan spacing)
    {
        (Series, _samples, Spacing) = (series, samples, spacing);
        // Counters go on where they ended, with one more usual step.
        _growth = [.. series.Select((s, i) => s.IsCounter ? (samples[^1][i] - samples[0][i]) * samples.Length / (samples.Length - 1) : 0)];
        for (int i = 0; i < _growth.Length; i++)
            _growth[i] = Math.Round(_growth[i]);
    }

    /// <summary>The series; those that every sample has.</summary>
    public IReadOnlyList<KernelReading> Series { get; }

    /// <summary>Samples in it.</summary>
    public int Count => _samples.Length;

    /// <summary>Time between two samples, as they were taken.</summary>
    public TimeSpan Spacing { get; }

    /// <summary>Reads a file.</summary>
    public static Recording Read(IEnumerable<string> lines)
    {
        List<long> times = [];
        List<List<string>> dumps = [];
        foreach (string line in lines)
        {
            if (!line.StartsWith("@@ ", StringComparison.Ordinal))
            {
                dumps[^1].Add(line);
                continue;
            }

            times.Add(long.Parse(line.AsSpan(3), CultureInfo.InvariantCulture));
            dumps.Add([]);
        }

        var samples = dumps.Select(dump => KernelReadings.Of(dump).DistinctBy(r => (r.Metric, r.Component)).ToDictionary(r => (r.Metric, r.Component))).ToArray();
        KernelReading[] series = [.. samples[0].Values.Where(r => samples.All(sample => sample.ContainsKey((r.Metric, r.Component))))];
        return new Recording(
            series,
            [.. samples.Select(sample => series.Select(r => sample[(r.Metric, r.Component)].Value).ToArray())],
            TimeSpan.FromMicroseconds((times[^1] - times[0]) / (double)(times.Count - 1)));
    }

    /// <summary>The values at a step of a recording that is played again and again, to the scale of the source.</summary>
    public void At(int step, Span<double> values)
    {
        double[] sample = _samples[step % Count];
        int rounds = step / Count;
        for (int i = 0; i < values.Length; i++)
            values[i] = rounds == 0 || _growth[i] == 0 ? sample[i] : Math.Round((sample[i] + (rounds * _growth[i])) * 100) / 100;
    }
}
