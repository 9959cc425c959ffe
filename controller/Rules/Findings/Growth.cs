using System.Globalization;

namespace HaiSoft.Controller.Rules.Findings;

/// <summary>Growth of counters that only ever grow until they are reset.</summary>
internal static class Growth
{
    /// <summary>By how much a counter grew; what is lower than before was reset and grew from 0. 0 when one of the two is absent.</summary>
    public static long Of(long? now, long? before) => (now, before) switch
    {
        ({ } n, { } b) => n >= b ? n - b : n,
        _ => 0,
    };

    /// <summary>A whole number as evidence.</summary>
    public static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "absent";
}
