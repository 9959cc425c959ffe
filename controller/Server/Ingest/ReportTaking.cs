using Dapper;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Takes reports in: what they show, the findings that follow, the incidents and their timelines, and how far the spool is
/// durable, all in one transaction. A report that was taken before is absorbed, so nothing is ever counted twice.
/// </summary>
internal sealed class ReportTaking(Correlation correlation, ServiceReports services, MeasurementReports measurements)
{
    private const string Heard = "UPDATE agent_links SET last_report_time = @now WHERE server_id = @serverId";

    public async Task<IngestResult> TakeAsync(WriteSession session, IngestItem item, CancellationToken cancellationToken)
    {
        long? before = await SpoolTable.LastDurableAsync(session, item.ServerId, item.Epoch, cancellationToken);
        long last = before ?? 0;
        bool gap = false;
        List<Report> fresh = [];
        foreach (Report report in item.Reports)
        {
            if (await IsFreshAsync(session, item, report, last, cancellationToken))
                fresh.Add(report);
            if (item.Urgent || report.Sequence <= last)
                continue;
            gap |= report.Sequence > last + 1;
            last = report.Sequence;
        }

        if (fresh.Count > 0)
            await ApplyAsync(session, item, fresh, cancellationToken);
        if (!item.Urgent && last != before)
            await SpoolTable.AdvanceAsync(session, item.ServerId, item.Epoch, last, cancellationToken);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            Heard,
            new { now = session.Now.ToUnixMicroseconds(), serverId = item.ServerId },
            session.Transaction,
            cancellationToken: cancellationToken));
        return new(last, gap);
    }

    private static async Task<bool> IsFreshAsync(
        WriteSession session, IngestItem item, Report report, long last, CancellationToken cancellationToken)
    {
        byte[] id = report.ReportId.ToByteArray();
        if (item.Urgent)
            return await SpoolTable.NoteUrgentAsync(session, item.ServerId, id, cancellationToken);
        return report.Sequence > last
            && !await SpoolTable.WasUrgentAsync(session, item.ServerId, id, cancellationToken);
    }

    private async Task ApplyAsync(WriteSession session, IngestItem item, List<Report> reports, CancellationToken cancellationToken)
    {
        // Measurements, which are most of what comes, need neither the record nor the components.
        if (reports.TrueForAll(report => report.BodyCase == Report.BodyOneofCase.Measurements))
        {
            foreach (Report report in reports)
                await measurements.TakeAsync(session, item.ServerId, item.Epoch, report.Measurements, TimeOf(item, report).At, cancellationToken);
            return;
        }

        ServerRecord record = await ServerRecord.FindAsync(session, item.ServerId, cancellationToken)
            ?? throw new InvalidOperationException($"Server {item.ServerId} has an agent and no record.");
        Judgement judgement = await Judgement.BeginAsync(session, item.ServerId, cancellationToken);
        foreach (Report report in reports)
        {
            await ApplyAsync(session, item, record, judgement, report, TimeOf(item, report), cancellationToken);
        }

        await correlation.ApplyAsync(session, record.Dedicated, judgement.Changes, cancellationToken);
    }

    private static CorrectedTime TimeOf(IngestItem item, Report report) => item.Clock.Correct(
        report.ObservedTime.ToDateTimeOffset(), report.ObservedUptime?.ToTimeSpan(), report.BootId, item.ReceivedAt);

    private Task ApplyAsync(
        WriteSession session,
        IngestItem item,
        ServerRecord record,
        Judgement judgement,
        Report report,
        CorrectedTime time,
        CancellationToken cancellationToken) => report.BodyCase switch
        {
            Report.BodyOneofCase.Inventory =>
                InventoryReports.TakeAsync(session, item.ServerId, record, report.Inventory, time.At, cancellationToken),
            Report.BodyOneofCase.Hardware => HardwareReports.TakeAsync(judgement, report.Hardware, time, cancellationToken),
            Report.BodyOneofCase.Services => services.TakeAsync(session, item.ServerId, judgement, report, time, cancellationToken),
            Report.BodyOneofCase.Measurements =>
                measurements.TakeAsync(session, item.ServerId, item.Epoch, report.Measurements, time.At, cancellationToken),
            Report.BodyOneofCase.SpoolGap => ServerWarnings.SetAsync(
                session,
                item.ServerId,
                ServerWarnings.SpoolGap,
                $"The agent had no room for {report.SpoolGap.DroppedCount} records ({report.SpoolGap.FirstSequence} to "
                + $"{report.SpoolGap.LastSequence}) and dropped them",
                cancellationToken),
            Report.BodyOneofCase.AgentFault => AgentReports.TakeAsync(judgement, report.AgentFault, time, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(report)),
        };
}
