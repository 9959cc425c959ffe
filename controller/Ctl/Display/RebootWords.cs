using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Display;

/// <summary>Whether a server reboots after an operation, as it is given on the command line, and for people.</summary>
internal static class RebootWords
{
    private static readonly Dictionary<string, RebootPolicy> Policies = new()
    {
        ["never"] = RebootPolicy.Unspecified,
        ["if-needed"] = RebootPolicy.IfNeeded,
        ["always"] = RebootPolicy.Always,
    };

    /// <summary>What can be given.</summary>
    public static IEnumerable<string> All => Policies.Keys;

    /// <summary>What was given; nothing is never.</summary>
    public static RebootPolicy Read(string? given) => given is null ? RebootPolicy.Unspecified : Policies[given];

    /// <summary>What an order says, for people.</summary>
    public static string Of(RebootPolicy policy) => policy switch
    {
        RebootPolicy.Unspecified => "the server does not reboot afterwards",
        RebootPolicy.IfNeeded => "the server REBOOTS afterwards if the plan says that it is needed, once",
        RebootPolicy.Always => "the server REBOOTS afterwards, once",
        _ => "unknown",
    };
}
