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
    private bool _refusedAlone;

    public IReadOnlyList<Report> Reports { get; } = reports;

    public AgentClock Clock { get; } = clock;

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    public bool Urgent { get; } = urgent;

    /// <summary>Why its report is set aside instead of judged; absent while it is not.</summary>
    public string? SetAsideFor { get; private set; }

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

    // Which report cannot be stored is told by trying each alone; the one that fails again is set aside.
    public override IReadOnlyList<StreamWork> AfterRefusal(Exception refusal)
    {
        if (Reports.Count > 1)
            return Each();
        if (SetAsideFor is not null)
            return [];
        SetAsideFor = _refusedAlone ? Quarantine.ReasonOf(refusal) : null;
        _refusedAlone = true;
        return [this];
    }

    // Together they hold the bytes, and count as so many works of the stream.
    private ReportsWork[] Each()
    {
        ReportsWork[] each =
        [
            .. Reports.Select((report, i) => new ReportsWork(
                Stream, [report], i == Reports.Count - 1 ? bytes : 0, Clock, ReceivedAt, Urgent, taking)),
        ];
        for (int more = 1; more < each.Length; more++)
            Stream.Begin(0);
        return each;
    }
}

/// <summary>What became of reports.</summary>
/// <param name="LastDurable">The highest sequence that is durable in their epoch.</param>
/// <param name="Gap">Sequences are missing before them.</param>
/// <param name="Fresh">Those that were not taken before.</param>
internal readonly record struct IngestResult(long LastDurable, bool Gap, IReadOnlyList<Report> Fresh);
