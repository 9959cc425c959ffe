using Google.Protobuf;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Rules.Sources;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Sets reports aside that cannot be judged, with their bytes, and tells technicians. They are acknowledged: kept from everything that
/// follows them, they would be sent again for ever.
/// </summary>
internal sealed class Quarantine(Correlation correlation)
{
    /// <summary>After so long without another one the fault is over.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    private const int LongestReason = 400;
    private long _count;

    /// <summary>Reports that were set aside since the controller's start.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Why, in words that fit into a line.</summary>
    public static string ReasonOf(Exception failure)
    {
        string words = $"{failure.GetType().Name}: {failure.Message}".ReplaceLineEndings(" ").Replace('\0', ' ').TrimEnd('.', ' ');
        return words.Length <= LongestReason ? words : words[..LongestReason];
    }

    /// <summary>Sets a report aside.</summary>
    public async Task TakeAsync(WriteSession session, ReportsWork work, Report report, string reason, CancellationToken cancellationToken)
    {
        string serverId = work.Stream.ServerId;
        string kind = $"{report.BodyCase}";
        QuarantineFill fill = QuarantineTable.Add(
            session, serverId, work.Stream.Epoch, report.Sequence, kind, work.ReceivedAt, reason, report.ToByteArray());
        session.AfterCommit(() => Interlocked.Increment(ref _count));
        ServerWarnings.Set(session, serverId, ServerWarnings.Quarantine, Words(fill, kind, reason));
        if (ServerRecord.Find(session, serverId) is not { } record)
            return;
        Judgement judgement = Judgement.Begin(session, serverId);
        await judgement.ObserveAsync(
            new ObservedVerdict(
                AgentComponents.Reports,
                ComponentKind.Agent,
                AgentComponents.ReportsTitle,
                session.Now,
                AgentRules.NotJudged(kind, work.Stream.Epoch, report.Sequence, reason)),
            cancellationToken);
        await correlation.ApplyAsync(session, record.Dedicated, judgement.Changes, cancellationToken);
    }

    /// <summary>Ends the fault of a server whose reports have all been judged for some time.</summary>
    public static async Task EndAsync(WriteSession session, string serverId, Judgement judgement, CancellationToken cancellationToken)
    {
        if (judgement.LastSeenFailing(AgentComponents.Reports) is not { } last || session.Now - last < Quiet)
            return;
        await judgement.ObserveAsync(
            new ObservedVerdict(
                AgentComponents.Reports, ComponentKind.Agent, AgentComponents.ReportsTitle, session.Now, AgentRules.AllJudged()),
            cancellationToken);
        ServerWarnings.SetOrClear(session, serverId, ServerWarnings.Quarantine, text: null);
    }

    private static string Words(QuarantineFill fill, string kind, string reason) =>
        $"{(fill.Ever == 1 ? "A report" : $"{fill.Ever} reports")} of the agent could not be judged and {(fill.Ever == 1 ? "is" : "are")} set aside"
        + (fill.Kept < fill.Ever ? $", {fill.Ever - fill.Kept} of them let go since" : "")
        + $"; the last one: {kind}, {reason}";
}
