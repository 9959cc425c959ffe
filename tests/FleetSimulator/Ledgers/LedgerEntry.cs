using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Ledgers;

/// <summary>One report that the controller has acknowledged.</summary>
/// <param name="Server">The record's name.</param>
/// <param name="Epoch">The spool's epoch.</param>
/// <param name="Sequence">The place in it.</param>
/// <param name="Body">What kind of report.</param>
/// <param name="ObservedMicroseconds">Observed time, Unix microseconds.</param>
/// <param name="Readings">Numeric readings in it.</param>
/// <param name="Mark">What its measurements are known by; null when it brings none.</param>
/// <param name="Seen">What it saw of the service whose faults are counted; null when it did not look.</param>
internal sealed record LedgerEntry(
    string Server, string Epoch, long Sequence, Report.BodyOneofCase Body, long ObservedMicroseconds, int Readings, LedgerMark? Mark, LedgerSighting? Seen)
{
    /// <summary>The entry of a report.</summary>
    /// <param name="mark">The first series of such an agent's measurements.</param>
    /// <param name="service">The id of the service whose faults are counted.</param>
    public static LedgerEntry Of(string server, string epoch, Report report, string mark, string service) => new(
        server,
        epoch,
        report.Sequence,
        report.BodyCase,
        Microseconds(report.ObservedTime),
        report.Measurements?.Values.Count ?? 0,
        LedgerMark.In(report, mark),
        LedgerSighting.In(report, service));

    /// <summary>A line of a ledger; null for one that a crash has torn.</summary>
    public static LedgerEntry? Parse(string line) =>
        line.Split('\t') is [var server, var epoch, var sequence, var body, var observed, var readings, var mark, var seen, "."]
            ? new(
                server,
                epoch,
                Number(sequence),
                System.Enum.Parse<Report.BodyOneofCase>(body),
                Number(observed),
                (int)Number(readings),
                LedgerMark.Parse(mark),
                LedgerSighting.Parse(seen))
            : null;

    /// <summary>Ends in a dot, so that a torn line is known.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Server}\t{Epoch}\t{Sequence}\t{Body}\t{ObservedMicroseconds}\t{Readings}\t{Mark?.ToString() ?? LedgerMark.None}\t{Seen?.ToString() ?? LedgerSighting.None}\t.");

    private static long Microseconds(Timestamp stamp) => (stamp.Seconds * 1_000_000) + (stamp.Nanos / 1_000);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
