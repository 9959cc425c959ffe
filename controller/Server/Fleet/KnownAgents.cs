using System.Globalization;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Fleet;

/// <summary>The last enrolled agent of each server, and what is to be said of it.</summary>
internal sealed class KnownAgents
{
    private readonly Dictionary<string, AgentRow> _last;
    private readonly HashSet<string> _silent;
    private readonly ILookup<string, string> _machines;

    private KnownAgents(Dictionary<string, AgentRow> last, HashSet<string> silent, ILookup<string, string> machines)
    {
        _last = last;
        _silent = silent;
        _machines = machines;
    }

    /// <summary>The agents of these servers, or of all.</summary>
    public static async Task<KnownAgents> ReadAsync(ControllerDbContext db, IReadOnlyCollection<string>? only, CancellationToken cancellationToken)
    {
        // Whoever shares a machine with one of them has to be named.
        IReadOnlyCollection<string>? ids = only is null ? null : [.. only, .. await OnSameMachineAsync(db, only, cancellationToken)];
        IQueryable<AgentRow> enrolled = db.Set<AgentRow>().AsNoTracking();
        List<AgentRow> agents = await (ids is null ? enrolled : enrolled.Where(row => ids.Contains(row.ServerId)))
            .OrderBy(row => row.EnrolledTime)
            .ToListAsync(cancellationToken);
        Dictionary<string, AgentRow> last = agents.GroupBy(row => row.ServerId).ToDictionary(same => same.Key, same => same.Last());
        IQueryable<ComponentRow> unheard = db.Set<ComponentRow>()
            .Where(row => row.Kind == ComponentKind.Agent && row.ComponentId == AgentComponents.Link && row.Health == Health.Unknown);
        HashSet<string> silent = await (ids is null ? unheard : unheard.Where(row => ids.Contains(row.ServerId)))
            .Select(row => row.ServerId)
            .ToHashSetAsync(cancellationToken);
        IQueryable<ServerRow> servers = db.Set<ServerRow>();
        Dictionary<string, string> names = await (ids is null ? servers : servers.Where(row => ids.Contains(row.ServerId)))
            .ToDictionaryAsync(row => row.ServerId, row => row.Name, cancellationToken);
        ILookup<string, string> machines = last.Values
            .Where(agent => agent.MachineId.Length > 0 && agent.RevokedTime is null)
            .ToLookup(agent => agent.MachineId, agent => names[agent.ServerId]);
        return new(last, silent, machines);
    }

    private static Task<List<string>> OnSameMachineAsync(ControllerDbContext db, IReadOnlyCollection<string> only, CancellationToken cancellationToken)
    {
        IQueryable<string> machines = db.Set<AgentRow>().Where(row => only.Contains(row.ServerId) && row.MachineId != "").Select(row => row.MachineId);
        return db.Set<AgentRow>()
            .Where(row => machines.Contains(row.MachineId) && !only.Contains(row.ServerId))
            .Select(row => row.ServerId)
            .Distinct()
            .ToListAsync(cancellationToken);
    }

    /// <summary>The agent that was enrolled last; absent when none was.</summary>
    public AgentRow? LastOf(string serverId) => _last.GetValueOrDefault(serverId);

    public Presence PresenceOf(string serverId, AgentConnection? connection) => _last.GetValueOrDefault(serverId) switch
    {
        null => Presence.NeverEnrolled,
        { RevokedTime: not null } => Presence.Revoked,
        _ when _silent.Contains(serverId) => Presence.Silent,
        _ when connection is { Connected: true } => Presence.Connected,
        _ => Presence.Disconnected,
    };

    /// <summary>Doubts about the identity; and about the clock, until the stream tells of it.</summary>
    public IEnumerable<string> WarningsOf(string serverId, bool hasConnected)
    {
        if (_last.GetValueOrDefault(serverId) is not { RevokedTime: null } agent)
            yield break;
        if (agent.InDoubtTime is { } since)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Identity in doubt since {since:yyyy-MM-dd HH:mm} UTC: more than one machine uses it, or an old copy does. Find out, then haisoftctl trust or haisoftctl revoke; until then no order is sent");
        }

        if (agent.MachineId.Length > 0 && _machines[agent.MachineId].Count() > 1)
            yield return $"Copied machine: the same machine id is enrolled as {string.Join(", ", _machines[agent.MachineId].Order())}";
        TimeSpan offset = TimeSpan.FromMicroseconds(agent.ClockOffsetMicroseconds ?? 0);
        if (!hasConnected && offset.Duration() > Enrolment.TolerableOffset)
            yield return $"Clock was {Words(offset.Duration())} {(offset < TimeSpan.Zero ? "behind" : "ahead")} at enrolment: set it (chrony, systemd-timesyncd)";
    }

    private static string Words(TimeSpan time) => time.TotalDays >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.#} days")
        : string.Create(CultureInfo.InvariantCulture, $"{time:h\\:mm\\:ss}");
}
