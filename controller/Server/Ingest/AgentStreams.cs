using System.Collections.Concurrent;

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
            stream.Cut(reason);
            cut = true;
        }

        return cut;
    }

    /// <summary>Says something to this server's agent: a new configuration, a request for a check or a resync.</summary>
    /// <returns>Whether a stream was open to say it on.</returns>
    internal bool Tell(string serverId, Action<AgentStream> say)
    {
        bool told = false;
        foreach (AgentStream stream in StreamsOf(serverId))
        {
            say(stream);
            told = true;
        }

        return told;
    }

    internal void Opened(AgentStream stream) => _open.GetOrAdd(stream.ServerId, _ => []).TryAdd(stream, true);

    /// <summary>A stream ended.</summary>
    /// <returns>Whether it was the last of its server.</returns>
    internal bool Closed(AgentStream stream) =>
        _open.TryGetValue(stream.ServerId, out var streams) && streams.TryRemove(stream, out _) && streams.IsEmpty;

    internal IEnumerable<AgentStream> All() => _open.Values.SelectMany(streams => streams.Keys);

    private IEnumerable<AgentStream> StreamsOf(string serverId) =>
        _open.TryGetValue(serverId, out var streams) ? streams.Keys : [];
}
