using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Controller.Operations;

/// <summary>What an order is drafted from.</summary>
/// <param name="Server">The server's name.</param>
/// <param name="Ask">What its server is to resolve now; absent for a plan that was made before.</param>
/// <param name="PlanHash">That plan's SHA-256; empty when one is made now.</param>
/// <param name="RequestNumber">The customer's request that it is for; absent for none.</param>
/// <param name="IncidentNumber">An emergency: the incident that is open on the server; absent otherwise.</param>
/// <param name="From">From when it may be begun; absent: from now.</param>
/// <param name="Until">From when it may not be begun any more; absent: 24 h after the start.</param>
/// <param name="UndoesNumber">The operation that it undoes; absent when it undoes none.</param>
/// <param name="Rollout">What it is part of; absent when it is for one server alone.</param>
/// <param name="Reboot">Whether the server reboots afterwards.</param>
internal sealed record OperationDraft(
    string Server,
    PlanRequest? Ask,
    string PlanHash,
    long? RequestNumber,
    long? IncidentNumber,
    DateTimeOffset? From,
    DateTimeOffset? Until,
    long? UndoesNumber = null,
    RolloutPart? Rollout = null,
    RebootPolicy Reboot = RebootPolicy.Unspecified)
{
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(24);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>From when to when it may be begun, whole seconds; the order expires with its window.</summary>
    public (DateTimeOffset Start, DateTimeOffset End) WindowAt(DateTimeOffset now)
    {
        DateTimeOffset start = WholeSecond(From ?? now);
        return (start, WholeSecond(Until ?? start + DefaultWindow));
    }

    /// <summary>What is wrong with its window; absent when nothing is.</summary>
    public string? WindowFault(DateTimeOffset now)
    {
        (DateTimeOffset start, DateTimeOffset end) = WindowAt(now);
        return end <= start ? "the window ends before it begins"
            : end <= now ? "the window is over already"
            : end - WholeSecond(now) > Longest ? "the window ends more than 7 days from now: an order counts for 7 days at most"
            : null;
    }

    /// <summary>The instant without what is finer than a second.</summary>
    public static DateTimeOffset WholeSecond(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());
}

/// <summary>A rollout that an operation is part of.</summary>
/// <param name="Number">Its number.</param>
/// <param name="ServerCount">How many servers it was started for.</param>
internal sealed record RolloutPart(long Number, int ServerCount);
