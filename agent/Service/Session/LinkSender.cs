using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Session.Mapping;
using HaiSoft.Agent.Spool;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Session;

/// <summary>
/// The sending side of one stream after Welcome: urgent reports first, then answers, then the spool's records in order,
/// as far as the credit goes. A message that was begun is never torn: only the call's own end ends it.
/// </summary>
internal sealed class LinkSender
{
    private const int MaximumBatchBytes = 256 * 1024;
    private const int MaximumBatchReports = 500;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    private readonly IClientStreamWriter<ConnectRequest> _requests;
    private readonly Outbox _outbox;
    private readonly AgentClock _clock;
    private readonly string _epoch;
    private readonly Caution _caution;
    private readonly SeriesReminder _reminder;
    private readonly Channel<ConnectRequest> _answers = Channel.CreateBounded<ConnectRequest>(
        new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest });

    private long _sent;
    private long _read;

    /// <param name="requests">The stream.</param>
    /// <param name="outbox">What to send.</param>
    /// <param name="clock">Dates gaps.</param>
    /// <param name="epoch">The spool's epoch as Hello said it.</param>
    /// <param name="durable">How far the controller holds it.</param>
    /// <param name="caution">Which reports are left out.</param>
    /// <param name="series">What numbers of series are of.</param>
    public LinkSender(
        IClientStreamWriter<ConnectRequest> requests, Outbox outbox, AgentClock clock, string epoch, long durable, Caution caution, SeriesCatalogue series)
    {
        _requests = requests;
        _outbox = outbox;
        _clock = clock;
        _epoch = epoch;
        _caution = caution;
        _reminder = new SeriesReminder(series);
        _sent = _read = durable;
        caution.Begin(epoch);
        if (durable == 0)
        {
            _reminder.Begin();
        }
    }

    /// <summary>What may be sent.</summary>
    public SendWindow Window { get; } = new();

    /// <summary>Sends an answer beside the reports.</summary>
    public void Answer(CheckAnswer answer) => Answer(new ConnectRequest { CheckAnswer = answer });

    /// <summary>Sends an answer beside the reports.</summary>
    public void Answer(PlanAnswer answer) => Answer(new ConnectRequest { PlanAnswer = answer });

    /// <summary>
    /// Sends until it is told to stop, which it does between two messages, or until the spool's epoch is another.
    /// </summary>
    /// <param name="pulse">Beats at each turn.</param>
    /// <param name="cancellationToken">Stops it; a message under way still goes out whole.</param>
    public async Task RunAsync(Liveness.Pulse pulse, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && _outbox.Epoch == _epoch)
        {
            pulse.Beat();
            await SendStalledAsync();
            while (_answers.Reader.TryRead(out ConnectRequest? answer))
            {
                await _requests.WriteAsync(answer, CancellationToken.None);
            }

            if (!await SendBatchAsync(cancellationToken))
            {
                await _outbox.WaitForChangeAsync(LongestSleep, cancellationToken);
            }
        }
    }

    private void Answer(ConnectRequest answer)
    {
        _answers.Writer.TryWrite(answer);
        _outbox.Nudge();
    }

    private async Task SendStalledAsync()
    {
        while (_outbox.Stalled.TryRead(out SpooledRecord? record))
        {
            if (!_outbox.IsDurable(record) && record.Sequence > _sent)
            {
                Report report = ReportMapping.Decode(record);
                report.Sequence = 0; // its place is not certain yet
                report.NotSpooled = true;
                Window.Use(report.CalculateSize());
                await _requests.WriteAsync(new ConnectRequest { UrgentReport = report }, CancellationToken.None);
            }
        }
    }

    private async Task<bool> SendBatchAsync(CancellationToken cancellationToken)
    {
        long acknowledged = _outbox.Position.Acknowledged;
        _caution.Taken(acknowledged);
        if (Window.Available <= 0 || (_caution.OneByOne && acknowledged < _sent))
        {
            return false;
        }

        int most = (int)Math.Min(MaximumBatchBytes, Window.Available);
        ReportBatch batch = new() { SpoolEpoch = _epoch };
        long bytes = Fill(batch, await _outbox.ReadAsync(_epoch, _read, most, cancellationToken));
        if (batch.Reports.Count == 0)
        {
            return false;
        }

        if (_caution.OneByOne)
        {
            _caution.Sending(_sent);
        }

        Window.Use(bytes);
        await _requests.WriteAsync(new ConnectRequest { Reports = batch }, CancellationToken.None);
        return true;
    }

    private long Fill(ReportBatch batch, IReadOnlyList<SpooledRecord> records)
    {
        int most = _caution.OneByOne ? 1 : MaximumBatchReports - 1;
        long bytes = 0;
        foreach (SpooledRecord record in records)
        {
            if (batch.Reports.Count >= most || !Fits(record, bytes))
            {
                break;
            }

            _read = record.Sequence;
            if (!_caution.LeavesOut(record.Sequence))
            {
                bytes += Add(batch, record);
            }
        }

        return bytes;
    }

    // A record larger than any credit goes alone, once everything before it is acknowledged; it would wait forever.
    private bool Fits(SpooledRecord record, long bytes) =>
        bytes + record.Payload.Length + 16 <= Window.Available || (bytes == 0 && _outbox.Position.Acknowledged >= _sent);

    private long Add(ReportBatch batch, SpooledRecord record)
    {
        if (TryDecode(record) is not { } report)
        {
            _caution.LeaveOut(record.Sequence);
            return 0;
        }

        long bytes = 0;
        if (record.Sequence > _sent + 1)
        {
            Report gap = ReportMapping.TellGap(_epoch, _sent + 1, record.Sequence - 1, _clock.Now());
            batch.Reports.Add(gap);
            bytes += gap.CalculateSize();
            _reminder.Begin();
        }

        report.NotSpooled = !_outbox.IsDurable(record);
        _reminder.Amend(report);
        batch.Reports.Add(report);
        _sent = record.Sequence;
        return bytes + report.CalculateSize();
    }

    private static Report? TryDecode(SpooledRecord record)
    {
        try
        {
            return ReportMapping.Decode(record);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
