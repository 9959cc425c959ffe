using System.Globalization;

namespace HaiSoft.Agent.Readings.Measurements;

/// <summary>Reads /proc/meminfo. What a kernel does not tell is absent.</summary>
/// <param name="TotalBytes">MemTotal.</param>
/// <param name="AvailableBytes">MemAvailable: what programs can have without swapping.</param>
/// <param name="SwapTotalBytes">SwapTotal; 0 is a real reading (no swap).</param>
/// <param name="SwapFreeBytes">SwapFree.</param>
// MemTotal:       16384000 kB
// MemAvailable:   12000000 kB
// SwapTotal:       2097148 kB
// SwapFree:        2097148 kB
public readonly record struct MemoryInfo(long? TotalBytes, long? AvailableBytes, long? SwapTotalBytes, long? SwapFreeBytes)
{
    public static MemoryInfo Parse(ReadOnlySpan<char> text)
    {
        var info = default(MemoryInfo);
        foreach (var line in text.EnumerateLines())
        {
            var colon = line.IndexOf(':');
            if (colon <= 0)
                continue;
            switch (line[..colon])
            {
                case "MemTotal":
                    info = info with { TotalBytes = Kilobytes(line[(colon + 1)..]) };
                    break;
                case "MemAvailable":
                    info = info with { AvailableBytes = Kilobytes(line[(colon + 1)..]) };
                    break;
                case "SwapTotal":
                    info = info with { SwapTotalBytes = Kilobytes(line[(colon + 1)..]) };
                    break;
                case "SwapFree":
                    return info with { SwapFreeBytes = Kilobytes(line[(colon + 1)..]) };
            }
        }

        return info;
    }

    private static long? Kilobytes(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        return value.EndsWith(" kB") && long.TryParse(value[..^3].TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes)
            && kilobytes <= long.MaxValue / 1024
                ? kilobytes * 1024
                : null;
    }
}
