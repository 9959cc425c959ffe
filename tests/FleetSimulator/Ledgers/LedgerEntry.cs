using System.Globalization;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Ledgers;

/// <summary>One report that the controller has acknowledged.</summary>
/// <param name="Server">The record's name.</param>
/// <param name="Epoch">The spool's epoch.</param>
/// <param name="Sequence">The place in it.</param>
/// <param name="Body">What kind of report.</param>
/// <param name="ObservedMicroseconds">Observed time, Unix microseconds.</param>
/// <param name="Readings">Numeric readings in it.</param>
internal sealed record LedgerEntry(string Server, string Epoch, long Sequence, Report.BodyOneofCase Body, long ObservedMicroseconds, int Readings)
{
    /// <summary>A line of a ledger; null for one that a crash has torn.</summary>
    public static LedgerEntry? Parse(string line) =>
        line.Split('\t') is [var server, var epoch, var sequence, var body, var observed, var readings, "."]
            ? new LedgerEntry(server, epoch, Number(sequence), Enum.Parse<Report.BodyOneofCase>(body), Number(observed), (int)Number(readings))
            : null;

    /// <summary>Ends in a dot, so that a torn line is known.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Server}\t{Epoch}\t{Sequence}\t{Body}\t{ObservedMicroseconds}\t{Readings}\t.");

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
