using System.Globalization;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Ledgers;

/// <summary>
/// What a report of measurements is known by in the controller's database, whatever its clock made of the instant: its first reading,
/// which no two of a server share. A simulated agent numbers its reports; a real one begins with the time since boot.
/// </summary>
/// <param name="Metric">The series.</param>
/// <param name="Value">Its value in the report.</param>
internal readonly record struct LedgerMark(string Metric, double Value)
{
    /// <summary>The first series of a simulated agent's reports.</summary>
    public const string ReportNumber = "report.number";

    /// <summary>The first series of a real agent's reports.</summary>
    public const string Uptime = "uptime.seconds";

    /// <summary>Stands for no mark in a ledger's line.</summary>
    public const string None = "-";

    /// <summary>The mark of a report; null when it brings no measurements.</summary>
    public static LedgerMark? In(Report report, string metric) =>
        report.Measurements is { Values: [var first, ..] } ? new(metric, first) : null;

    public static LedgerMark? Parse(string text) =>
        text.Split('=') is [var metric, var value] ? new(metric, double.Parse(value, CultureInfo.InvariantCulture)) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Metric}={Value:R}");
}
