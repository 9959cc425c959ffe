namespace HaiSoft.Benchmarks.Figures;

/// <summary>One figure: what was measured each time.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Samples">One value for each time it was measured.</param>
/// <param name="Note">What must be known to read it; empty for nothing.</param>
internal sealed record Figure(string Name, string Unit, IReadOnlyList<double> Samples, string Note = "")
{
    public Figure(string name, string unit, double value, string note = "")
        : this(name, unit, [value], note)
    {
    }

    /// <summary>What it should reach; null where nothing is asked.</summary>
    public Reach? Reach { get; init; }

    /// <summary>Whether its median reaches that; null where nothing is asked.</summary>
    public bool? IsReached => Reach?.IsMetBy(Median);

    /// <summary>The middle one; of an even number the mean of the two in the middle.</summary>
    public double Median
    {
        get
        {
            double[] sorted = [.. Samples.Order()];
            return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }
}
