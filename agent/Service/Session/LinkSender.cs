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
/// as far as the credit goes.
/// </summary>
internal sealed class LinkSender(
    IClientStreamWriter<ConnectRequest> requests, Outbox outbox, AgentClock clock, string epoch, long durable, Caution caution, Liveness.Pulse pulse)
{
    private const int MaximumBatchBytes = 256 * 1024;
    private const int MaximumBatchReports = 500;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    private readonly Channel<CheckAnswer> _answers = Channel.CreateBounded<CheckAnswer>(
        new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly List<SpooledRecord> _records = [];
    private long _sent = durable;
    private long _read = durable;

    /// <summary>What may be sent.</summary>
    public SendWindow Window { get; } = new();

    /// <summary>Sends an answer beside the reports.</summary>
    public void Answer(CheckAnswer answer)
    {
        _answers.Writer.TryWrite(answer);
        outbox.Nudge();
    }

    /// <summary>Sends until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            pulse.Beat();
            await SendStalledAsync(cancellationToken);
            while (_answers.Reader.TryRead(out CheckAnswer? answer))
            {
                await requests.WriteAsync(new ConnectRequest { CheckAnswer = answer }, cancellationToken);
            }

            if (!await SendBatchAsync(cancellationToken))
            {
                await outbox.WaitForChangeAsync(LongestSleep, cancellationToken);
            }
        }
    }

    private async Task SendStalledAsync(CancellationToken cancellationToken)
    {
        while (outbox.Stalled.TryRead(out SpooledRecord? record))
        {
            if (!outbox.IsDurable(record))
            {
                Report report = ReportMapping.Decode(record);
                report.Sequence = 0; // its place is not certain yet
                report.NotSpooled = true;
                Window.Use(report.CalculateSize());
                await requests.WriteAsync(new ConnectRequest { UrgentReport = report }, cancellationToken);
            }
        }
    }

    private async Task<bool> SendBatchAsync(CancellationToken cancellationToken)
    {
        long acknowledged = outbox.Position.Acknowledged;
        caution.Taken(acknowledged);
        if (Window.Available <= 0 || (caution.OneByOne && acknowledged < _sent))
        {
            return false;
        }

        _records.Clear();
        outbox.Read(_read, (int)Math.Min(MaximumBatchBytes, Window.Available), _records);
        ReportBatch batch = new() { SpoolEpoch = epoch };
        long bytes = 0;
        foreach (SpooledRecord record in _records)
        {
            int most = caution.OneByOne ? 1 : MaximumBatchReports - 1;
            if (batch.Reports.Count >= most || !Fits(record, bytes))
            {
                break;
            }

            _read = record.Sequence;
            if (!caution.LeavesOut(record.Sequence))
            {
                bytes += Add(batch, record);
            }
        }

        if (batch.Reports.Count == 0)
        {
            return false;
        }

        if (caution.OneByOne)
        {
            caution.Sending(_sent);
        }

        Window.Use(bytes);
        await requests.WriteAsync(new ConnectRequest { Reports = batch }, cancellationToken);
        return true;
    }

    // A record larger than any credit goes alone, once everything before it is acknowledged; it would wait forever.
    private bool Fits(SpooledRecord record, long bytes) =>
        bytes + record.Payload.Length + 16 <= Window.Available || (bytes == 0 && outbox.Position.Acknowledged >= _sent);

    private long Add(ReportBatch batch, SpooledRecord record)
    {
        if (TryDecode(record) is not { } report)
        {
            caution.LeaveOut(record.Sequence);
            return 0;
        }

        long bytes = 0;
        if (record.Sequence > _sent + 1)
        {
            Report gap = ReportMapping.TellGap(epoch, _sent + 1, record.Sequence - 1, clock.Now());
            batch.Reports.Add(gap);
            bytes += gap.CalculateSize();
        }

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
