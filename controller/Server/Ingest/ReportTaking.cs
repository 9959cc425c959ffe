using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Takes reports in: what they show and how far the spool is durable, in one transaction. A report that was taken before is absorbed,
/// so nothing is ever counted twice.
/// </summary>
internal sealed class ReportTaking(
    ReportBodies bodies, Quarantine quarantine, IngestBudget budget, IngestMetrics metrics, TimeProvider time)
{
    /// <summary>Takes a work's reports in.</summary>
    public async Task<IngestResult> TakeAsync(WriteSession session, ReportsWork work, CancellationToken cancellationToken)
    {
        SpoolPosition position = work.Stream.Position!;
        if (work.Urgent)
        {
            if (!position.NoteUrgent(session, work.Reports[0].ReportId))
                return new(0, Gap: false, []);
            await TakeAsync(session, work, work.Reports, cancellationToken);
            return new(0, Gap: false, work.Reports);
        }

        long before = position.Last(session) ?? 0;
        IReadOnlyList<Report> fresh = Fresh(session, position, work.Reports, before, out bool gap);
        if (fresh.Count > 0)
            await TakeAsync(session, work, fresh, cancellationToken);
        long last = work.Reports[^1].Sequence;
        if (last <= before)
            return new(before, Gap: false, fresh);
        position.Advance(session, last);
        return new(last, gap, fresh);
    }

    /// <summary>Tells the agent what became of them.</summary>
    public void Tell(ReportsWork work, IngestResult result, int bytes)
    {
        try
        {
            metrics.Durable(work.Reports.Count, result.Fresh, time.GetUtcNow() - work.ReceivedAt);
            if (result.Gap)
                metrics.Gap();
            work.Stream.LastReportAt = work.ReceivedAt;
            Tell(work.Stream, result, bytes);
        }
        finally
        {
            Release(work, bytes);
        }
    }

    /// <summary>Nothing holds their bytes any more.</summary>
    public void Release(ReportsWork work, int bytes)
    {
        budget.Release(bytes);
        work.Stream.Finish(bytes);
    }

    private static void Tell(AgentStream stream, IngestResult result, int bytes)
    {
        stream.Voice.Acknowledge(stream.Epoch, result.LastDurable, bytes);
        if (!result.Gap || stream.ResyncAsked)
            return;
        stream.ResyncAsked = true;
        stream.Say(new() { Resync = new() { Reason = ResyncReason.Gap } });
    }

    private Task TakeAsync(WriteSession session, ReportsWork work, IReadOnlyList<Report> fresh, CancellationToken cancellationToken) =>
        work.SetAsideFor is { } reason
            ? quarantine.TakeAsync(session, work, fresh[0], reason, cancellationToken)
            : bodies.TakeAsync(session, work, fresh, cancellationToken);

    // As a rule all of them are: then nothing is copied.
    private static IReadOnlyList<Report> Fresh(
        WriteSession session, SpoolPosition position, IReadOnlyList<Report> reports, long last, out bool gap)
    {
        gap = false;
        List<Report>? some = null;
        for (int i = 0; i < reports.Count; i++)
        {
            Report report = reports[i];
            bool fresh = report.Sequence > last && !position.WasUrgent(session, report.ReportId);
            if (!fresh)
                some ??= [.. reports.Take(i)];
            else
                some?.Add(report);
            gap |= report.Sequence > last + 1;
            last = Math.Max(last, report.Sequence);
        }

        return some ?? reports;
    }
}
