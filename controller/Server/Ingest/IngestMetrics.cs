using System.Diagnostics.Metrics;
using Grpc.Core;
using HaiSoft.Controller.Telemetry;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Measures what agents send and what becomes of it. A report counts once, when it is durable.</summary>
internal sealed class IngestMetrics
{
    private static readonly InstrumentAdvice<double> Sizes = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] };

    private static readonly InstrumentAdvice<double> Times = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    private readonly Counter<long> _reports;
    private readonly Counter<long> _readings;
    private readonly Counter<long> _absorbed;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _acks;
    private readonly Counter<long> _handshakes;
    private readonly Counter<long> _ended;
    private readonly Histogram<double> _batch;
    private readonly Histogram<double> _durable;

    public IngestMetrics(
        IMeterFactory factory, IngestQueue queue, IngestBudget budget, AgentStreams streams, StreamAdmission admission, Quarantine quarantine)
    {
        Meter meter = factory.Create(MetricBook.Meter);
        _reports = meter.CreateCounter<long>("haisoft.ingest.reports", description: "Reports that became durable");
        _readings = meter.CreateCounter<long>("haisoft.ingest.readings", description: "Numeric readings that became durable");
        _absorbed = meter.CreateCounter<long>("haisoft.ingest.reports.absorbed", description: "Reports that came again and were taken before");
        _dropped = meter.CreateCounter<long>("haisoft.ingest.dropped", description: "Records that agents had no room for, as they told");
        _gaps = meter.CreateCounter<long>("haisoft.ingest.gaps", description: "Holes in what agents sent; each asks for the whole state");
        _acks = meter.CreateCounter<long>("haisoft.ingest.acks", description: "Acknowledgements sent; one may cover many reports");
        _handshakes = meter.CreateCounter<long>("haisoft.agent.handshakes", description: "Hellos by what became of them");
        _ended = meter.CreateCounter<long>("haisoft.agent.streams.ended", description: "Streams that this controller ended, by status");
        _batch = meter.CreateHistogram("haisoft.ingest.batch.reports", unit: null, "Reports in one commit", advice: Sizes);
        _durable = meter.CreateHistogram("haisoft.ingest.durable.after", "s", "From receipt until durable", advice: Times);
        meter.CreateObservableGauge("haisoft.agent.streams", () => streams.Count, description: "Open streams of agents");
        meter.CreateObservableCounter(
            "haisoft.agent.streams.sentaway",
            () => admission.Refused,
            description: "Streams that came too fast, or while the controller stopped: told when to come back");
        meter.CreateObservableGauge("haisoft.ingest.streams.waiting", () => queue.Count, description: "Streams that have something for the writer");
        meter.CreateObservableGauge("haisoft.ingest.streams.stopped", () => budget.Stopped, description: "Streams that are not read for want of room");
        meter.CreateObservableCounter("haisoft.ingest.reports.setaside", () => quarantine.Count, description: "Reports that could not be judged");
        meter.CreateObservableGauge("haisoft.ingest.held", () => budget.Held, "By", "Reports in memory that are not durable yet");
    }

    /// <summary>A batch was committed.</summary>
    public void Committed(IReadOnlyList<StreamWork> batch) => _batch.Record(batch.OfType<ReportsWork>().Sum(work => work.Weight));

    /// <summary>Reports are durable.</summary>
    /// <param name="came">How many came.</param>
    /// <param name="fresh">Those of them that were not taken before.</param>
    /// <param name="after">Since they came.</param>
    public void Durable(int came, IReadOnlyList<Report> fresh, TimeSpan after)
    {
        _durable.Record(Math.Max(0, after.TotalSeconds));
        _absorbed.Add(came - fresh.Count);
        _reports.Add(fresh.Count);
        _readings.Add(fresh.Sum(report => report.Measurements?.Values.Count ?? 0L));
        _dropped.Add(fresh.Sum(report => Math.Max(0, report.SpoolGap?.DroppedCount ?? 0)));
    }

    /// <summary>Sequences were missing.</summary>
    public void Gap() => _gaps.Add(1);

    /// <summary>Something was said to an agent.</summary>
    public void Said(ConnectResponse response) => _acks.Add(response.Ack is null ? 0 : 1);

    /// <summary>A stream was opened.</summary>
    public void Accepted() => _handshakes.Add(1, new KeyValuePair<string, object?>("outcome", "accepted"));

    /// <summary>A stream was not opened.</summary>
    public void Refused(StatusCode why) =>
        _handshakes.Add(1, new KeyValuePair<string, object?>("outcome", "refused"), new KeyValuePair<string, object?>("status", why.ToString()));

    /// <summary>This controller ended a stream.</summary>
    public void Ended(StatusCode why) => _ended.Add(1, new KeyValuePair<string, object?>("status", why.ToString()));
}
