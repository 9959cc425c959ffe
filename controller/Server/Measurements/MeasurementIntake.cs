using HaiSoft.Controller.Measurements.Journal;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements;

/// <summary>
/// Makes readings durable: what one transaction takes in becomes one row of the journal, whoever read it. Touched only
/// inside the gate.
/// </summary>
internal sealed class MeasurementIntake(MeasurementJournal journal)
{
    // Bounds the memory of a transaction that takes in more than agents usually send.
    private const int LargestRow = 1 << 20;

    private readonly JournalWriter _row = new();
    private WriteSession? _session;

    public Task AppendAsync(
        WriteSession session, string serverId, string epoch, DateTimeOffset at, in ReportedReadings report, CancellationToken cancellationToken)
    {
        if (session != _session)
        {
            _row.Clear();
            _session = session;
            session.BeforeCommit(token => WriteAsync(session, token));
        }

        _row.Append(serverId, epoch, at, report);
        return _row.Length < LargestRow ? Task.CompletedTask : WriteAsync(session, cancellationToken);
    }

    private Task WriteAsync(WriteSession session, CancellationToken cancellationToken) =>
        _row.Length == 0 ? Task.CompletedTask : journal.AddAsync(session, JournalLane.Arrivals, _row.Close(), cancellationToken);
}
