namespace HaiSoft.Benchmarks.Figures;

/// <summary>Quantiles of what was measured a number of times.</summary>
internal static class Quantiles
{
    /// <summary>The value that this share of the values does not exceed; NaN of none.</summary>
    public static double Of(IReadOnlyCollection<double> values, double share) =>
        values.Count == 0 ? double.NaN : values.Order().ElementAt((int)((values.Count - 1) * share));
}
