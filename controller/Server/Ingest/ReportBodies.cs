using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Takes in what reports show, each by its kind: the findings that follow, the incidents and their timelines.</summary>
internal sealed class ReportBodies(Correlation correlation, ServiceReports services, MeasurementReports measurements)
{
    /// <summary>Takes in what some reports of a server show, oldest first.</summary>
    public async Task TakeAsync(WriteSession session, ReportsWork work, IReadOnlyList<Report> reports, CancellationToken cancellationToken)
    {
        Judging? judging = null;
        foreach (Report report in reports)
        {
            CorrectedTime time = TimeOf(work, report);
            // Measurements, which are most of what comes, need neither the record nor the components.
            if (report.BodyCase == Report.BodyOneofCase.Measurements)
            {
                await measurements.TakeAsync(session, work.Stream.ServerId, work.Stream.Epoch, report.Measurements, time.At, cancellationToken);
                continue;
            }

            await ClockWatch.LookAsync(session, work.Stream, work.Clock, report, cancellationToken);
            judging ??= await BeginAsync(session, work.Stream.ServerId, cancellationToken);
            await TakeAsync(session, judging, report, time, cancellationToken);
        }

        if (judging is null)
            return;
        await Quarantine.EndAsync(session, judging.ServerId, judging.Judgement, cancellationToken);
        await correlation.ApplyAsync(session, judging.Record.Dedicated, judging.Judgement.Changes, cancellationToken);
    }

    private static CorrectedTime TimeOf(ReportsWork work, Report report) => work.Clock.Correct(
        report.ObservedTime.ToDateTimeOffset(), report.ObservedUptime?.ToTimeSpan(), report.BootId, work.ReceivedAt);

    private static async Task<Judging> BeginAsync(WriteSession session, string serverId, CancellationToken cancellationToken) => new(
        serverId,
        await ServerRecord.FindAsync(session, serverId, cancellationToken)
            ?? throw new InvalidOperationException($"Server {serverId} has an agent and no record."),
        await Judgement.BeginAsync(session, serverId, cancellationToken));

    private Task TakeAsync(WriteSession session, Judging judging, Report report, CorrectedTime time, CancellationToken cancellationToken) =>
        report.BodyCase switch
        {
            Report.BodyOneofCase.Inventory =>
                InventoryReports.TakeAsync(session, judging.ServerId, judging.Record, report.Inventory, time.At, cancellationToken),
            Report.BodyOneofCase.Hardware => HardwareReports.TakeAsync(judging.Judgement, report.Hardware, time, cancellationToken),
            Report.BodyOneofCase.Services =>
                services.TakeAsync(session, judging.ServerId, judging.Judgement, report, time, cancellationToken),
            Report.BodyOneofCase.SpoolGap => ServerWarnings.SetAsync(
                session,
                judging.ServerId,
                ServerWarnings.SpoolGap,
                $"The agent had no room for {report.SpoolGap.DroppedCount} records ({report.SpoolGap.FirstSequence} to "
                + $"{report.SpoolGap.LastSequence}) and dropped them",
                cancellationToken),
            Report.BodyOneofCase.AgentFault => AgentReports.TakeAsync(judging.Judgement, report.AgentFault, time, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(report)),
        };

    private sealed record Judging(string ServerId, ServerRecord Record, Judgement Judgement);
}
