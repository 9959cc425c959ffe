using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Reports of one agent, verified, that wait to be written.</summary>
/// <param name="stream">The stream that they came on.</param>
/// <param name="reports">In order of their sequences.</param>
/// <param name="bytes">What they hold of the credit.</param>
/// <param name="clock">Brings the agent's times to ours.</param>
/// <param name="receivedAt">When they came.</param>
/// <param name="urgent">Sent in place of a spooled record: absorbed by its id, never acknowledged.</param>
/// <param name="taking">Takes them in.</param>
internal sealed class ReportsWork(
    AgentStream stream, IReadOnlyList<Report> reports, int bytes, AgentClock clock, DateTimeOffset receivedAt, bool urgent, ReportTaking taking)
    : StreamWork(stream)
{
    private IngestResult _result = new(0, Gap: false, []);

    public IReadOnlyList<Report> Reports { get; } = reports;

    public AgentClock Clock { get; } = clock;

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    public bool Urgent { get; } = urgent;

    public override int Weight => Reports.Count;

    // Stored after a hole, they would move the spool's position past it: nobody would ask for what is missing again.
    public override bool FollowsLost => Stream.LostReports && !Urgent;

    public override bool GoesFirst { get; } = urgent || Urgency.OfAny(reports);

    public override async Task ApplyAsync(WriteSession session, CancellationToken cancellationToken) =>
        _result = await taking.TakeAsync(session, this, cancellationToken);

    public override void Tell() => taking.Tell(this, _result, bytes);

    public override void GiveUp(Exception reason)
    {
        Stream.LostReports |= !Urgent;
        taking.Release(this, bytes);
        base.GiveUp(reason);
    }

    /// <summary>The same, a work for each report: which of them cannot be stored is told by trying.</summary>
    public IEnumerable<ReportsWork> Each() =>
        Reports.Select((report, i) => new ReportsWork(Stream, [report], i == Reports.Count - 1 ? bytes : 0, Clock, ReceivedAt, Urgent, taking));
}

/// <summary>What became of reports.</summary>
/// <param name="LastDurable">The highest sequence that is durable in their epoch.</param>
/// <param name="Gap">Sequences are missing before them.</param>
/// <param name="Fresh">Those that were not taken before.</param>
internal readonly record struct IngestResult(long LastDurable, bool Gap, IReadOnlyList<Report> Fresh);
