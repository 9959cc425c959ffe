using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Agents;

/// <summary>A report in an agent's spool, until it is acknowledged.</summary>
internal sealed class SpooledReport(Report report)
{
    public Report Report { get; } = report;

    /// <summary>What it counts for against the credit.</summary>
    public int Bytes { get; } = report.CalculateSize();

    /// <summary>Numeric readings in it.</summary>
    public int Readings => Report.Measurements?.Values.Count ?? 0;

    /// <summary>When it was first written to a stream, as a stamp of the clock; 0 before.</summary>
    public long SentStamp { get; set; }

    /// <summary>Completes with the stamp of its acknowledgement.</summary>
    public TaskCompletionSource<long>? Acknowledged { get; init; }
}
