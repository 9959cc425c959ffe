using HaiSoft.Controller.Findings;

namespace HaiSoft.Controller.Incidents;

/// <summary>The one line of an incident.</summary>
internal static class IncidentTitle
{
    private const int Longest = 160;

    /// <summary>The first clause of the reason, with the component's name where the reason does not bear it.</summary>
    public static string Of(FindingChange.Opened opened)
    {
        string title = opened.Kind switch
        {
            ComponentKind.Service or ComponentKind.Array or ComponentKind.Source => FirstClause(opened.Verdict.Reason),
            ComponentKind.Agent => $"{opened.Title}: {FirstClause(opened.Verdict.Reason)}",
            _ => $"{opened.Title}: {opened.Verdict.Reason}",
        };
        return title.Length <= Longest ? title : title[..(Longest - 1)] + "…";
    }

    private static string FirstClause(string reason)
    {
        int end = reason.IndexOfAny([':', ';']);
        return end < 0 ? reason : reason[..end];
    }
}
