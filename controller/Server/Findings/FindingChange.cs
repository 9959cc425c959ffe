using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Findings;

/// <summary>What an observation changed about the faults of a server. Made in the transaction of the observation.</summary>
/// <param name="ServerId">The server.</param>
/// <param name="ComponentId">The component.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Title">What it is, for people.</param>
internal abstract record FindingChange(string ServerId, string ComponentId, ComponentKind Kind, string Title)
{
    /// <summary>A fault is confirmed.</summary>
    /// <param name="ServerId">The server.</param>
    /// <param name="ComponentId">The component.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Title">What it is, for people.</param>
    /// <param name="FindingId">The finding that was made.</param>
    /// <param name="DetectedAt">The first observation of those that confirmed it (SLA 4.6).</param>
    /// <param name="Verdict">The judgement.</param>
    /// <param name="Facts">The component's stored history.</param>
    public sealed record Opened(
        string ServerId,
        string ComponentId,
        ComponentKind Kind,
        string Title,
        string FindingId,
        DateTimeOffset DetectedAt,
        Verdict Verdict,
        string Facts) : FindingChange(ServerId, ComponentId, Kind, Title);

    /// <summary>A fault lasts and is another one now: worse, better, or of another cause.</summary>
    /// <param name="ServerId">The server.</param>
    /// <param name="ComponentId">The component.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Title">What it is, for people.</param>
    /// <param name="FindingId">The finding.</param>
    /// <param name="At">When that was observed.</param>
    /// <param name="Verdict">The judgement.</param>
    public sealed record Altered(
        string ServerId, string ComponentId, ComponentKind Kind, string Title, string FindingId, DateTimeOffset At, Verdict Verdict)
        : FindingChange(ServerId, ComponentId, Kind, Title);

    /// <summary>A fault is gone.</summary>
    /// <param name="ServerId">The server.</param>
    /// <param name="ComponentId">The component.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Title">What it is, for people.</param>
    /// <param name="FindingId">The finding.</param>
    /// <param name="At">The first observation of those that confirmed it.</param>
    /// <param name="Words">How, for the timeline.</param>
    public sealed record Closed(
        string ServerId, string ComponentId, ComponentKind Kind, string Title, string FindingId, DateTimeOffset At, string Words)
        : FindingChange(ServerId, ComponentId, Kind, Title);

    /// <summary>The agent sees another part where the failed one was.</summary>
    /// <param name="ServerId">The server.</param>
    /// <param name="ComponentId">The part that is gone.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Title">What it is, for people.</param>
    /// <param name="FindingId">The finding of the old part; absent when it had none.</param>
    /// <param name="At">When it was seen.</param>
    /// <param name="NewTitle">The new part, for people.</param>
    public sealed record Replaced(
        string ServerId, string ComponentId, ComponentKind Kind, string Title, string? FindingId, DateTimeOffset At, string NewTitle)
        : FindingChange(ServerId, ComponentId, Kind, Title);
}
