using System.Globalization;

namespace HaiSoft.Agent.Readings.Measurements;

/// <summary>Reads the first line of /proc/stat: time since boot, in clock ticks, of all processors together.</summary>
/// <param name="Busy">Ticks of work.</param>
/// <param name="Total">Ticks of work and of none (idle, iowait); what a hypervisor took (steal) is in it.</param>
// cpu  120345 210 40512 9876543 1234 0 567 0 0 0
public readonly record struct ProcessorTime(long Busy, long Total)
{
    private const int Idle = 3, WaitingForDisk = 4, Steal = 7;

    /// <summary>The times; absent when this is not /proc/stat.</summary>
    public static ProcessorTime? Parse(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf('\n');
        var line = end < 0 ? text : text[..end];
        if (!line.StartsWith("cpu "))
            return null;
        long busy = 0, total = 0;
        var column = 0;
        foreach (var range in line[4..].Trim().Split(' '))
        {
            var word = line[4..].Trim()[range];
            if (!long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) || ticks > long.MaxValue / 16)
                return null;
            if (column <= Steal) // guest time that follows is in user time already
            {
                total += ticks;
                busy += column is Idle or WaitingForDisk ? 0 : ticks;
            }

            column++;
        }

        return column > Idle ? new ProcessorTime(busy, total) : null;
    }

    /// <summary>Per cent of the time that was work since an earlier reading; absent when no time passed or the counts went back.</summary>
    public double? BusyPercentSince(ProcessorTime earlier)
    {
        var (busy, total) = (Busy - earlier.Busy, Total - earlier.Total);
        return total > 0 && busy >= 0 && busy <= total ? 100.0 * busy / total : null;
    }
}
