using HaiSoft.Controller.Records;
using HaiSoft.Controller.Rules.Fees;
using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Fleet;

/// <summary>A server: its record and its state of the moment.</summary>
/// <param name="ServerId">Its record.</param>
/// <param name="Name">Unique.</param>
/// <param name="Customer">The customer's name.</param>
/// <param name="Kind">Dedicated or virtual, by the record (SLA 4.5).</param>
/// <param name="Rack">Where it stands; empty for virtual servers.</param>
/// <param name="Host">The name of the server that carries it; empty for dedicated servers.</param>
/// <param name="Fee">What the customer pays, excluding VAT.</param>
/// <param name="From">First day of service, Europe/Paris.</param>
/// <param name="BackupOption">The customer subscribed the Backup option (SLA 6).</param>
public sealed record ServerView(
    string ServerId,
    string Name,
    string Customer,
    ServerKind Kind,
    string Rack,
    string Host,
    Fee Fee,
    DateOnly From,
    bool BackupOption)
{
    /// <summary>The worst of its components and services; unknown before anything was reported, and while nothing is heard.</summary>
    public Health Health { get; init; } = Health.Unknown;

    /// <summary>Whether the controller hears its agent.</summary>
    public Presence Presence { get; init; } = Presence.NeverEnrolled;

    /// <summary>When its last report became durable; absent before the first.</summary>
    public DateTimeOffset? LastReportAt { get; init; }

    /// <summary>Incidents that are not resolved.</summary>
    public int OpenIncidents { get; init; }

    /// <summary>What disagrees with the record or cannot be trusted, in words.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The operating system; empty before it was reported.</summary>
    public string OsName { get; init; } = "";

    /// <summary>Why no order may be sent to its agent, in words; empty when one may (DESIGN 4).</summary>
    public string OrdersWithheld { get; init; } = "";

    /// <summary>Where it stands, or the host that carries it.</summary>
    public string Place => Rack.Length > 0 ? Rack : Host;
}

/// <summary>A fact about a server, for people.</summary>
/// <param name="Name">Which: "Kernel".</param>
/// <param name="Value">Its value: "6.1.0-40".</param>
public sealed record ServerFact(string Name, string Value);
