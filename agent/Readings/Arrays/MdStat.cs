using System.Globalization;
using System.Text.RegularExpressions;

namespace HaiSoft.Agent.Readings.Arrays;

/// <summary>Reads /proc/mdstat (md(4)).</summary>
// Personalities : [raid1] [raid6] [raid5] [raid4]
// md0 : active raid1 sdb1[2] sda1[0]
//       1048512 blocks super 1.2 [2/1] [U_]
//       [==>..................]  recovery = 12.6% (132120/1048512) finish=0.5min speed=26424K/sec
//       bitmap: 1/1 pages [4KB], 65536KB chunk
//
// md1 : inactive sdc1[0](S)
//       1048512 blocks super 1.2
//
// unused devices: <none>
public static class MdStat
{
    /// <summary>The arrays, none where there is none; unavailable when this is not mdstat.</summary>
    public static Reading<IReadOnlyList<ArrayReading>> Parse(string text)
    {
        try
        {
            return ParseLines(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return NotUnderstood("a line that takes too long");
        }
    }

    private static Reading<IReadOnlyList<ArrayReading>> ParseLines(string text)
    {
        var arrays = new List<ArrayReading>();
        List<string>? block = null;
        var known = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace() || line[0] == '#')
                continue;
            if (char.IsWhiteSpace(line[0]))
            {
                if (block is null)
                    return NotUnderstood(line);
                block.Add(line.Trim().ToString());
                continue;
            }

            if (!Flush(arrays, block, out var bad))
                return NotUnderstood(bad);
            block = null;
            if (line.StartsWith("Personalities", StringComparison.Ordinal) || line.StartsWith("unused devices", StringComparison.Ordinal)
                || line.StartsWith("read_ahead", StringComparison.Ordinal))
                known = true;
            else
                block = [line.Trim().ToString()];
        }

        if (!Flush(arrays, block, out var last))
            return NotUnderstood(last);
        return known || arrays.Count > 0 ? Reading.Measured<IReadOnlyList<ArrayReading>>(arrays) : NotUnderstood("no line of mdstat in it");
    }

    private static bool Flush(List<ArrayReading> arrays, List<string>? block, out string bad)
    {
        bad = block?[0] ?? "";
        if (block is null)
            return true;
        if (MdStatArray.Read(block) is not { } array)
            return false;
        arrays.Add(array);
        return true;
    }

    private static Reading<IReadOnlyList<ArrayReading>> NotUnderstood(ReadOnlySpan<char> line) =>
        Reading.Unavailable<IReadOnlyList<ArrayReading>>(
            UnavailableReason.NotUnderstood,
            string.Create(CultureInfo.InvariantCulture, $"/proc/mdstat: cannot read \"{line[..Math.Min(line.Length, 100)]}\""));
}
