using System.Globalization;
using System.Text;
using HaiSoft.Agent.Helper.Files;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>How many plans may be made: they cost network and processor, and need no signature. It outlives the process, which ends when idle.</summary>
internal sealed class PlanBudget(string file, TimeProvider time)
{
    private const int AnHour = 20;

    /// <summary>True when one more may be made, which then counts.</summary>
    public bool TryTake()
    {
        var now = time.GetUtcNow();
        var earlier = File.Exists(file) ? File.ReadAllLines(file).Select(Read).Where(made => made <= now && made > now.AddHours(-1)).ToList() : [];
        if (earlier.Count >= AnHour)
            return false;
        var lines = earlier.Append(now).Select(made => made.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + "\n");
        DurableFile.Replace(file, Encoding.ASCII.GetBytes(string.Concat(lines)));
        return true;
    }

    private static DateTimeOffset Read(string line) =>
        long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.MinValue;
}
