namespace HaiSoft.Controller.Rollouts;

/// <summary>Which server is of which wave. Pure.</summary>
internal static class Waves
{
    /// <summary>One server first, then ten at a time.</summary>
    public static readonly IReadOnlyList<int> DefaultSizes = [1, 10];

    /// <summary>The wave of each server, from 1.</summary>
    /// <param name="servers">How many there are.</param>
    /// <param name="sizes">How many servers each wave has; the last size counts for all that follow.</param>
    public static IReadOnlyList<int> Of(int servers, IReadOnlyList<int> sizes)
    {
        List<int> waves = [];
        for (int wave = 1; waves.Count < servers; wave++)
            waves.AddRange(Enumerable.Repeat(wave, Math.Min(sizes[Math.Min(wave, sizes.Count) - 1], servers - waves.Count)));
        return waves;
    }
}
