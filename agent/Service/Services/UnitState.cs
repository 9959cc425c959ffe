using HaiSoft.Agent.Readings.Services;

namespace HaiSoft.Agent.Services;

/// <summary>A unit as <c>systemctl show</c> tells of it.</summary>
/// <param name="Id">Its own name, where another was asked for (mysql.service is mariadb.service).</param>
/// <param name="Names">All its names.</param>
/// <param name="Type">"simple", "forking", "oneshot" and so on; empty for other units than services.</param>
/// <param name="ControlGroup">Its control group below the root; empty while it has none.</param>
/// <param name="MainPid">Its main process; 0 while it has none.</param>
/// <param name="Seen">What is reported.</param>
internal sealed record UnitState(string Id, IReadOnlyList<string> Names, string Type, string ControlGroup, int MainPid, SystemdUnitSeen Seen)
{
    /// <summary>A service that starts with the server, or is not at rest: it is meant to run.</summary>
    public bool IsMeantToRun =>
        Seen.LoadState == "loaded"
        && Type != "oneshot"
        && (Seen.UnitFileState is "enabled" or "enabled-runtime" or "generated" || Seen.ActiveState is not "inactive");
}
