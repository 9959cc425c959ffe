using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Takes in what reports show, each by its kind: the findings that follow, the incidents and their timelines.</summary>
internal sealed class ReportBodies(Correlation correlation, ServiceReports services, MeasurementReports measurements, CatalogueReports catalogues, OrderReports orders)
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

            // A moment that cannot have been says nothing of a clock.
            if (time.Moment is not null)
                ClockWatch.Look(session, work.Stream, work.Clock, report);
            judging ??= Begin(session, work.Stream.ServerId);
            await TakeAsync(session, judging, report, time, cancellationToken);
        }

        if (judging is null)
            return;
        WarnOfRoom(session, judging.ServerId, judging.Judgement.Room);
        await Quarantine.EndAsync(session, judging.ServerId, judging.Judgement, cancellationToken);
        await correlation.ApplyAsync(session, judging.Record.Dedicated, judging.Judgement.Changes, cancellationToken);
    }

    private static CorrectedTime TimeOf(ReportsWork work, Report report) => work.Clock.Correct(
        report.ObservedTime.ToDateTimeOffset(), report.ObservedUptime?.ToTimeSpan(), report.BootId, work.ReceivedAt);

    private static Judging Begin(WriteSession session, string serverId) => new(
        serverId,
        ServerRecord.Find(session, serverId) ?? throw new InvalidOperationException($"Server {serverId} has an agent and no record."),
        Judgement.Begin(session, serverId));

    private async Task TakeAsync(WriteSession session, Judging judging, Report report, CorrectedTime time, CancellationToken cancellationToken)
    {
        switch (report.BodyCase)
        {
            case Report.BodyOneofCase.Inventory:
                await InventoryReports.TakeAsync(session, judging.ServerId, judging.Record, report.Inventory, time.At, cancellationToken);
                break;
            case Report.BodyOneofCase.Hardware:
                await HardwareReports.TakeAsync(judging.Judgement, report.Hardware, time, cancellationToken);
                break;
            case Report.BodyOneofCase.Services:
                await services.TakeAsync(session, judging.ServerId, judging.Judgement, report, time, cancellationToken);
                break;
            case Report.BodyOneofCase.SpoolGap:
                ServerWarnings.Set(session, judging.ServerId, ServerWarnings.SpoolGap, Words(report.SpoolGap));
                break;
            case Report.BodyOneofCase.AgentFault:
                await AgentReports.TakeAsync(judging.Judgement, report.AgentFault, time, cancellationToken);
                break;
            case Report.BodyOneofCase.Trust:
                catalogues.Take(session, judging.ServerId, report.Trust, time.At);
                break;
            case Report.BodyOneofCase.Order:
                await orders.TakeAsync(session, judging.ServerId, report.Order, cancellationToken);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(report));
        }
    }

    // Not refused: an agent that is honest and has many would be cut off, its disks with it, and send the same again for ever.
    private static void WarnOfRoom(WriteSession session, string serverId, ComponentRoom room)
    {
        if (room.Crowded.Count == 0 && !room.HasRoomAgain)
            return;
        string? full = room.Crowded.Count == 0
            ? null
            : $"The agent tells of more than {ComponentRoom.MostOfKind} components of a kind ({string.Join(", ", room.Crowded.Order())}); "
                + "those that came last are not watched. Switch off checks that nobody needs";
        ServerWarnings.SetOrClear(session, serverId, ServerWarnings.Components, full);
    }

    private static string Words(SpoolGap gap) =>
        $"The agent had no room for {gap.DroppedCount} records ({gap.FirstSequence} to {gap.LastSequence}) and dropped them";

    private sealed record Judging(string ServerId, ServerRecord Record, Judgement Judgement);
}
