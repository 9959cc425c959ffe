namespace HaiSoft.Controller.Identity;

/// <summary>Why a technician decided so about an identity, as it is kept in the audit.</summary>
internal static class AuditReason
{
    private const int Longest = 500;

    /// <summary>What to do about one that cannot be used.</summary>
    public static string Wanted => $"Say why in 1 to {Longest} characters (--reason): it is kept in the audit.";

    /// <summary>It says something, and not too much.</summary>
    public static bool IsUsable(string reason) => reason.Trim().Length is > 0 and <= Longest;
}
