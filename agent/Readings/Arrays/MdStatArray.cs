using System.Globalization;
using System.Text.RegularExpressions;

namespace HaiSoft.Agent.Readings.Arrays;

/// <summary>Reads one array's lines of mdstat.</summary>
internal static partial class MdStatArray
{
    public static ArrayReading? Read(IReadOnlyList<string> lines)
    {
        var head = HeadLine().Match(lines[0]);
        if (!head.Success)
            return null;
        if (MdStatMembers.Read(head.Groups["members"].Value) is not { } members)
            return null;
        var details = string.Join('\n', lines.Skip(1));
        var inactive = head.Groups["state"].Value == "inactive";
        var (required, active, map) = Counts(details, members, inactive);
        var (activity, progress) = Activity(details);
        var array = new ArrayReading
        {
            Name = head.Groups["name"].Value,
            Level = head.Groups["level"] is { Success: true } level ? level.Value : "unknown",
            RequiredCount = required,
            ActiveCount = active,
            Activity = activity,
            ProgressPercent = progress,
            Inactive = inactive,
            Members = MdStatMembers.Judge(members, active, map, activity),
            CapacityBytes = Capacity(details),
        };
        return inactive && Container().IsMatch(details) ? AsContainer(array) : array;
    }

    // The firmware's RAID (IMSM, DDF) keeps all disks of a controller in a container: never active, and no fault.
    private static ArrayReading AsContainer(ArrayReading array) => array with
    {
        Level = "container",
        Inactive = false,
        RequiredCount = array.Members.Count,
        ActiveCount = array.Members.Count(m => m.State != ArrayMemberState.Faulty),
        CapacityBytes = null,
    };

    // "[2/1] [U_]": two should be there, one is. Levels without redundancy have no such part: what is there is what must be.
    private static (int Required, int Active, string Map) Counts(string details, IReadOnlyList<MdStatMember> members, bool inactive)
    {
        var match = CountsPart().Match(details);
        if (match.Success
            && int.TryParse(match.Groups["required"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var required)
            && int.TryParse(match.Groups["active"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var active))
            return (required, inactive ? 0 : active, match.Groups["map"].Value);
        var working = members.Count(m => m.Flags is "" or "W");
        return inactive ? (0, 0, "") : (members.Count(m => m.Flags is "" or "W" or "F"), working, "");
    }

    private static (ArrayActivity Activity, double? Percent) Activity(string details)
    {
        var match = ActivityPart().Match(details);
        if (!match.Success)
            return (ArrayActivity.Idle, null);
        if (match.Groups["waits"].Success)
            return (ArrayActivity.Pending, null);
        ArrayActivity activity = match.Groups["what"].Value switch
        {
            "recovery" or "recover" => ArrayActivity.Recovering,
            "check" => ArrayActivity.Checking,
            "reshape" => ArrayActivity.Reshaping,
            _ => ArrayActivity.Resyncing,
        };
        return (activity, double.TryParse(match.Groups["percent"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent is >= 0 and <= 100 ? percent : null);
    }

    private static long? Capacity(string details) =>
        BlocksPart().Match(details) is { Success: true } match
        && long.TryParse(match.Groups["blocks"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var blocks)
        && blocks <= long.MaxValue / 1024
            ? blocks * 1024
            : null;

    [GeneratedRegex(@"^(?<name>\S+)\s*:\s*(?<state>active|inactive)(?:\s+\([a-z-]+\))?(?:\s+(?<level>raid\d+|linear|multipath|faulty|container))?(?<members>(?:\s+\S+)*)\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HeadLine();

    [GeneratedRegex(@"\[(?<required>\d+)/(?<active>\d+)\](?:\s+\[(?<map>[U_]+)\])?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CountsPart();

    [GeneratedRegex(@"\b(?<what>recovery|recover|resync|check|reshape)\s*=\s*(?:(?<waits>DELAYED|PENDING|REMOTE)|(?<percent>\d+(?:\.\d+)?)%)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ActivityPart();

    [GeneratedRegex(@"^(?<blocks>\d+) blocks", RegexOptions.CultureInvariant | RegexOptions.Multiline, 1000)]
    private static partial Regex BlocksPart();

    [GeneratedRegex(@"\bsuper external:[a-z]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Container();
}
