using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Ledgers;

/// <summary>What a report saw of a service.</summary>
/// <param name="Service">Its id.</param>
/// <param name="Up">It did its work.</param>
internal sealed record LedgerSighting(string Service, bool Up)
{
    /// <summary>Stands for no sighting in a ledger's line.</summary>
    public const string None = "-";

    /// <summary>What a report tells of a service; null when it does not.</summary>
    public static LedgerSighting? In(Report report, string service) =>
        report.Services?.Checks.FirstOrDefault(check => check.Service.ServiceId == service) is { } check ? new(service, IsUp(check)) : null;

    public static LedgerSighting? Parse(string text) =>
        text == None ? null : new(text[..text.LastIndexOf('=')], text.EndsWith("=up", StringComparison.Ordinal));

    public override string ToString() => Service + (Up ? "=up" : "=down");

    private static bool IsUp(ServiceCheck check) => check.SeenCase switch
    {
        ServiceCheck.SeenOneofCase.Systemd => check.Systemd.ActiveState == "active",
        ServiceCheck.SeenOneofCase.Tcp => check.Tcp.Outcome == ConnectionOutcome.Open,
        _ => throw new ArgumentException($"A ledger counts the faults of units and ports, not of {check.SeenCase}.", nameof(check)),
    };
}
