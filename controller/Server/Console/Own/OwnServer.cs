using HaiSoft.Controller.Fleet;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Console.Own;

/// <summary>A server as the customer sees it who rents it: its state in a few words, and what is being done about its faults.</summary>
/// <param name="ServerId">Its record.</param>
/// <param name="Name">Unique.</param>
/// <param name="Kind">Dedicated or virtual.</param>
/// <param name="BackupOption">The Backup option is subscribed (SLA 6).</param>
/// <param name="State">How it is.</param>
/// <param name="Incidents">What is open on it; what is due first is first.</param>
internal sealed record OwnServer(
    string ServerId, string Name, ServerKind Kind, bool BackupOption, OwnServerState State, IReadOnlyList<IncidentView> Incidents)
{
    public static OwnServer Of(ServerView server, IReadOnlyList<IncidentView> open) =>
        new(server.ServerId, server.Name, server.Kind, server.BackupOption, StateOf(server, open), open);

    /// <summary>What an incident is about, for a customer; empty where only the kind is told: trouble of the monitoring is the company's own.</summary>
    public static string TitleOf(IncidentView incident) => incident.Kind == IncidentKind.Monitoring ? "" : incident.Title;

    private static OwnServerState StateOf(ServerView server, IReadOnlyList<IncidentView> open) => server switch
    {
        _ when open.Any(incident => incident.Kind != IncidentKind.Monitoring && incident.RecoveredAt is null) => OwnServerState.Faulty,
        { Presence: Presence.NeverEnrolled or Presence.Revoked } => OwnServerState.NotWatched,
        { Presence: Presence.Silent } => OwnServerState.Unseen,
        { Health: Health.Failed } => OwnServerState.Faulty,
        { Health: Health.Degrading } => OwnServerState.Weakening,
        { Health: Health.Healthy } => OwnServerState.Works,
        _ => OwnServerState.Unseen,
    };
}

/// <summary>How a server is, in a customer's words.</summary>
internal enum OwnServerState
{
    /// <summary>No fault in what is watched.</summary>
    Works = 1,

    /// <summary>It works; a part or a service will not for long.</summary>
    Weakening = 2,

    /// <summary>A service or a part has failed.</summary>
    Faulty = 3,

    /// <summary>Something cannot be seen now: neither well nor failed.</summary>
    Unseen = 4,

    /// <summary>No agent is on it.</summary>
    NotWatched = 5,
}
