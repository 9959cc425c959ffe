namespace HaiSoft.Controller.Rules.Arrays;

/// <summary>Says what an array can still lose.</summary>
internal static class Redundancy
{
    /// <summary>"RAID1 md0".</summary>
    public static string NameOf(ArrayFacts array) => $"{array.Level.ToUpperInvariant()} {array.Name}";

    /// <summary>"RAID1 md0 runs on 1 of 2 members: one more failure loses data".</summary>
    public static string Words(ArrayFacts array)
    {
        string runs = $"{NameOf(array)} runs on {array.ActiveCount} of {array.RequiredCount} members";
        return runs + SparesLeft(array) switch
        {
            null => "",
            < 0 => ": data is lost or cannot be reached",
            0 when array.Level == "raid10" => ": one more failure can lose data",
            0 => ": one more failure loses data",
            1 => ": it survives one more failure",
            { } left => $": it survives {left} more failures",
        };
    }

    // How many more members may fail for certain; absent for a level that is not known.
    private static int? SparesLeft(ArrayFacts array)
    {
        int missing = array.RequiredCount - array.ActiveCount;
        return array.Level switch
        {
            "raid1" => array.ActiveCount - 1,
            "raid4" or "raid5" => 1 - missing,
            "raid6" => 2 - missing,
            "raid10" => missing == 0 ? 1 : array.ActiveCount >= (array.RequiredCount + 1) / 2 ? 0 : -1,
            "raid0" or "linear" => -missing,
            _ => null,
        };
    }
}
