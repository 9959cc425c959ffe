using System.Globalization;

namespace HaiSoft.Agent.Readings.Arrays;

/// <summary>A member as mdstat lists it: "sdb1[2](F)".</summary>
/// <param name="Device">The kernel's name.</param>
/// <param name="Number">The descriptor's number; the member's place only while none was ever replaced.</param>
/// <param name="Flags">F faulty, S spare, W write-mostly, J journal, R replacement; empty for none.</param>
internal readonly record struct MdStatMember(string Device, int Number, string Flags);

/// <summary>Reads the members of an array's first line.</summary>
// sdb1[2](F) sda1[0] sdc1[3](S) sdd1[4](W) sde1[5](J)
internal static class MdStatMembers
{
    public static IReadOnlyList<MdStatMember>? Read(string text)
    {
        var members = new List<MdStatMember>();
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var open = word.IndexOf('[', StringComparison.Ordinal);
            var close = word.IndexOf(']', StringComparison.Ordinal);
            if (open <= 0 || close <= open
                || !int.TryParse(word.AsSpan(open + 1, close - open - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            members.Add(new MdStatMember(word[..open], number, word[(close + 1)..].Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal)));
        }

        return members;
    }

    /// <summary>Gives each member its part. mdstat does not say which one is being filled: those that the array counts as missing.</summary>
    public static IReadOnlyList<ArrayMember> Judge(IReadOnlyList<MdStatMember> members, int activeCount, string map, ArrayActivity activity)
    {
        var excess = members.Count(IsData) - activeCount;
        var filled = members.Where(IsData)
            .OrderBy(m => m.Number < map.Length && map[m.Number] == 'U' ? 1 : 0)
            .ThenByDescending(m => m.Number)
            .Take(activity is ArrayActivity.Recovering or ArrayActivity.Reshaping or ArrayActivity.Pending ? Math.Max(excess, 0) : 0)
            .ToHashSet();
        return [.. members.Select(m => new ArrayMember { Device = m.Device, State = filled.Contains(m) ? ArrayMemberState.Rebuilding : Named(m) })];
    }

    private static bool IsData(MdStatMember member) => !member.Flags.AsSpan().ContainsAny('F', 'S', 'J');

    private static ArrayMemberState Named(MdStatMember member) => member.Flags switch
    {
        var flags when flags.Contains('F', StringComparison.Ordinal) => ArrayMemberState.Faulty,
        var flags when flags.Contains('S', StringComparison.Ordinal) => ArrayMemberState.Spare,
        var flags when flags.Contains('J', StringComparison.Ordinal) || flags.Contains('W', StringComparison.Ordinal) => ArrayMemberState.Auxiliary,
        _ => ArrayMemberState.InSync,
    };
}
