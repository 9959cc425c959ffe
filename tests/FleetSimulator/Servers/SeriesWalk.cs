using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Servers;

/// <summary>One series and where it stands.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Component">Which one; empty where there is one only.</param>
/// <param name="Kind">Level or counter.</param>
/// <param name="Low">A level's lowest value; a counter's first.</param>
/// <param name="High">A level's highest value.</param>
/// <param name="Stride">The longest step of a level, the mean growth of a counter; 0 stands still.</param>
/// <param name="Unit">The smallest difference that the source can tell.</param>
internal sealed record SeriesWalk(string Metric, string Component, SeriesKind Kind, double Low, double High, double Stride, double Unit)
{
    public double Value { get; set; }

    public Series Series(int number) => new() { Number = number, Metric = Metric, Component = Component, Kind = Kind };

    public double Start(Random random) => Kind == SeriesKind.Counter ? Rounded(Low) : Rounded(Low + ((High - Low) * (0.2 + (0.6 * random.NextDouble()))));

    /// <summary>The next value. Every third time or so a level stays where it is, as most do from minute to minute.</summary>
    public double Step(Random random)
    {
        if (Stride == 0 || (Kind == SeriesKind.Gauge && random.Next(3) == 0))
            return Value;

        double step = Kind == SeriesKind.Counter ? random.NextDouble() * 2 * Stride : ((random.NextDouble() * 2) - 1) * Stride;
        return Value = Kind == SeriesKind.Counter ? Rounded(Value + step) : Math.Clamp(Rounded(Value + step), Low, High);
    }

    // Multiples of a fraction like 0.01 are reached by division, which gives the nearest double of what is printed.
    private double Rounded(double value) => Unit < 1 ? Math.Round(value / Unit) / Math.Round(1 / Unit) : Math.Round(value / Unit) * Unit;
}
