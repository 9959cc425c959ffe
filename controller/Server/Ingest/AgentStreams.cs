using System.Collections.Concurrent;
using Grpc.Core;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Which agents have their stream open on this controller.</summary>
public sealed class AgentStreams
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<AgentStream, bool>> _open = [];

    /// <summary>How many streams are open.</summary>
    public int Count => _open.Values.Sum(streams => streams.Count);

    /// <summary>The agent of this server has its stream open.</summary>
    public bool IsConnected(string serverId) => _open.TryGetValue(serverId, out var streams) && !streams.IsEmpty;

    /// <summary>The servers whose agents have their stream open.</summary>
    public IReadOnlySet<string> ConnectedServers() =>
        _open.Where(pair => !pair.Value.IsEmpty).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);

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

    /// <summary>A stream is open. One of the same spool that was left half-open gives way to it.</summary>
    internal void Opened(AgentStream stream)
    {
        foreach (AgentStream older in StreamsOf(stream.ServerId).Where(older => older.Epoch == stream.Epoch))
            older.End(new(StatusCode.Aborted, "The agent has opened a newer stream."));
        _open.GetOrAdd(stream.ServerId, _ => []).TryAdd(stream, true);
    }

    /// <summary>A stream ended.</summary>
    /// <returns>Whether it was the last of its server.</returns>
    internal bool Closed(AgentStream stream) =>
        _open.TryGetValue(stream.ServerId, out var streams) && streams.TryRemove(stream, out _) && streams.IsEmpty;

    internal IEnumerable<AgentStream> All() => _open.Values.SelectMany(streams => streams.Keys);

    private IEnumerable<AgentStream> StreamsOf(string serverId) =>
        _open.TryGetValue(serverId, out var streams) ? streams.Keys : [];
}
