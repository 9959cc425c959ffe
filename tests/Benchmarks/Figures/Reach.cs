using System.Globalization;

namespace HaiSoft.Benchmarks.Figures;

/// <summary>What an issue asks a figure to reach, in the figure's unit.</summary>
/// <param name="Limit">The value.</param>
/// <param name="IsMost">The figure may be at most that; otherwise at least.</param>
internal sealed record Reach(double Limit, bool IsMost)
{
    public static Reach AtMost(double limit) => new(limit, IsMost: true);

    /// <summary>The same, asked of a fleet of one size; null for another.</summary>
    public static Reach? AtMostWith(int asked, int agents, double limit) => agents == asked ? AtMost(limit) : null;

    public static Reach AtLeast(double limit) => new(limit, IsMost: false);

    /// <summary>Whether a value reaches it; one that could not be measured does not.</summary>
    public bool IsMetBy(double value) => IsMost ? value <= Limit : value >= Limit;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsMost ? '≤' : '≥')} {Limit:#,0.###}");
}
