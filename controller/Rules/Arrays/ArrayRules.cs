using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Arrays;

/// <summary>Judges one reading of an array.</summary>
public static class ArrayRules
{
    /// <summary>The verdict.</summary>
    public static Verdict Judge(ArrayFacts now) => Verdict.Worst(
        [ArrayInactive.Judge(now), ArrayDegraded.Judge(now)],
        Verdict.Healthy(now.Activity switch
        {
            ArrayActivity.Checking => $"{Redundancy.NameOf(now)} has all its members and compares them",
            ArrayActivity.Resyncing => $"{Redundancy.NameOf(now)} has all its members and makes them equal",
            _ => $"{Redundancy.NameOf(now)} has all its {now.RequiredCount} members",
        }));

    /// <summary>
    /// The verdict on an array that a whole reading does not show any more: stopped by hand, or not assembled after a start
    /// because too many members failed. Nobody can tell from here, so it is unknown.
    /// </summary>
    public static Verdict Gone() => Verdict.Unknown("array.gone", "The array is not there any more: stopped, or not assembled at the start");

    /// <summary>The array for people.</summary>
    public static string TitleOf(ArrayFacts array) => $"Array {Redundancy.NameOf(array)}";
}
