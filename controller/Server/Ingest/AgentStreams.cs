using Grpc.Core;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Which agents have their stream open on this controller.</summary>
public sealed class AgentStreams
{
    /// <summary>The most that stand for one server: its agent has one, and each copy of it another.</summary>
    internal const int MostOfServer = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, AgentStream[]> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Displaced> _displaced = new(StringComparer.Ordinal);
    private int _count;
    private TaskCompletionSource? _emptied;

    /// <summary>How many streams are open.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The agent of this server has its stream open.</summary>
    public bool IsConnected(string serverId) => StreamsOf(serverId).Length > 0;

    /// <summary>The servers whose agents have their stream open.</summary>
    public IReadOnlySet<string> ConnectedServers()
    {
        lock (_gate)
            return _open.Keys.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Ends every stream of this server's agent at once with PERMISSION_DENIED.</summary>
    /// <param name="serverId">The server.</param>
    /// <param name="reason">Why, for the agent's log: "identity revoked".</param>
    /// <returns>Whether one was open.</returns>
    public bool Cut(string serverId, string reason)
    {
        bool cut = false;
        foreach (AgentStream stream in StreamsOf(serverId))
        {
            stream.End(new(StatusCode.PermissionDenied, reason));
            cut = true;
        }

        return cut;
    }

    /// <summary>Asks this server's agent to report its whole state again.</summary>
    /// <returns>Whether a stream was open to ask on.</returns>
    public bool AskForResync(string serverId) =>
        Say(serverId, new() { Resync = new() { Reason = ResyncReason.Asked } });

    /// <summary>Says something to this server's agent.</summary>
    /// <returns>Whether a stream was open to say it on.</returns>
    internal bool Say(string serverId, ConnectResponse response)
    {
        bool said = false;
        foreach (AgentStream stream in StreamsOf(serverId))
        {
            stream.Say(response);
            said = true;
        }

        return said;
    }

    /// <summary>
    /// A stream is open. One of the same spool that was left half-open gives way to it; unless the one that gave way comes back: then
    /// two agents report from copies of one spool, and the newcomer is a twin.
    /// </summary>
    /// <returns>False when as many stand for its server as may: it does not stand.</returns>
    internal bool TryOpen(AgentStream stream)
    {
        AgentStream[] older;
        lock (_gate)
        {
            AgentStream[] before = _open.GetValueOrDefault(stream.ServerId, []);
            older = [.. before.Where(other => other.Epoch == stream.Epoch)];
            stream.IsTwin = older.Any(other => other.Run != stream.Run)
                && _displaced.GetValueOrDefault(stream.ServerId) == new Displaced(stream.Epoch, stream.Run);
            if (before.Count(other => other.EndedWith is null && (stream.IsTwin || other.Epoch != stream.Epoch)) >= MostOfServer)
                return false;
            _open[stream.ServerId] = [.. before, stream];
            _count++;
            if (!stream.IsTwin && older.LastOrDefault(other => other.Run != stream.Run) is { } gaveWay)
                _displaced[stream.ServerId] = new(stream.Epoch, gaveWay.Run);
        }

        if (!stream.IsTwin)
            Array.ForEach(older, other => other.End(new(StatusCode.Aborted, "The agent has opened a newer stream.")));
        return true;
    }

    /// <summary>Agents that several machines speak for: streams of different runs stand side by side since before an instant.</summary>
    internal IReadOnlyList<string> SpokenForTwice(DateTimeOffset before)
    {
        lock (_gate)
        {
            return [.. _open.Values
                .Where(streams => streams.Length > 1)
                .SelectMany(streams => streams.Where(stream => stream.OpenedAt <= before).GroupBy(stream => stream.AgentId))
                .Where(same => same.DistinctBy(stream => stream.Run).Skip(1).Any())
                .Select(same => same.Key)];
        }
    }

    /// <summary>A stream ended, or never stood.</summary>
    internal void Closed(AgentStream stream)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(stream.ServerId, out AgentStream[]? streams) || !streams.Contains(stream))
                return;
            _count--;
            if (_count == 0)
                _emptied?.TrySetResult();
            if (streams.Length == 1)
                _open.Remove(stream.ServerId);
            else
                _open[stream.ServerId] = [.. streams.Where(other => other != stream)];
        }
    }

    /// <summary>Ends when no stream is open.</summary>
    internal Task EmptyAsync()
    {
        lock (_gate)
        {
            if (_count == 0)
                return Task.CompletedTask;
            if (_emptied is null || _emptied.Task.IsCompleted)
                _emptied = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _emptied.Task;
        }
    }

    /// <summary>When the last report of an agent that is connected came; absent when none did.</summary>
    internal DateTimeOffset? LastReportOf(string serverId) => StreamsOf(serverId).Max(stream => stream.LastReportAt);

    /// <summary>All that are open.</summary>
    internal IReadOnlyList<AgentStream> All()
    {
        lock (_gate)
            return [.. _open.Values.SelectMany(streams => streams)];
    }

    private AgentStream[] StreamsOf(string serverId)
    {
        lock (_gate)
            return _open.GetValueOrDefault(serverId, []);
    }

    // The run of an agent whose stream gave way to that of another run with the same spool.
    private readonly record struct Displaced(string Epoch, string Run);
}
