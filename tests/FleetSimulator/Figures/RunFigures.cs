using HaiSoft.FleetSimulator.Fleets;

namespace HaiSoft.FleetSimulator.Figures;

/// <summary>What a run showed.</summary>
internal sealed record RunFigures
{
    public required int Agents { get; init; }

    /// <summary>Until all were welcomed.</summary>
    public required double ConnectSeconds { get; init; }

    /// <summary>How long they reported.</summary>
    public required double Seconds { get; init; }

    public required long ReportsAcknowledged { get; init; }

    public required double ReportsPerSecond { get; init; }

    public required long ReadingsAcknowledged { get; init; }

    public required double ReadingsPerSecond { get; init; }

    /// <summary>From a report's being written to its acknowledgement, milliseconds; absent when none was.</summary>
    public required double? AckP50Milliseconds { get; init; }

    public required double? AckP99Milliseconds { get; init; }

    public required double? AckMostMilliseconds { get; init; }

    /// <summary>Streams that stand at the end.</summary>
    public required long Connected { get; init; }

    /// <summary>Streams that were opened in all.</summary>
    public required long StreamsOpened { get; init; }

    /// <summary>Reports that no spool had room for.</summary>
    public required long HeldBack { get; init; }

    /// <summary>How streams ended and dialling failed, with their counts.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    /// <summary>After the last turn everything was acknowledged.</summary>
    public bool Settled { get; init; }

    public FaultFigures? Faults { get; init; }

    public CutStorm? Storm { get; init; }

    public static RunFigures Of(Fleet fleet, TimeSpan connected, TimeSpan elapsed, long reports, long readings)
    {
        FleetCounters counters = fleet.Counters;
        return new RunFigures
        {
            Agents = fleet.Agents.Count,
            ConnectSeconds = connected.TotalSeconds,
            Seconds = elapsed.TotalSeconds,
            ReportsAcknowledged = reports,
            ReportsPerSecond = reports / elapsed.TotalSeconds,
            ReadingsAcknowledged = readings,
            ReadingsPerSecond = readings / elapsed.TotalSeconds,
            AckP50Milliseconds = counters.AckLatency.Quantile(0.5)?.TotalMilliseconds,
            AckP99Milliseconds = counters.AckLatency.Quantile(0.99)?.TotalMilliseconds,
            AckMostMilliseconds = counters.AckLatency.Quantile(1)?.TotalMilliseconds,
            Connected = counters.Connected,
            StreamsOpened = counters.Welcomes,
            HeldBack = counters.HeldBack,
            Errors = new Dictionary<string, long>(counters.Errors),
        };
    }
}
