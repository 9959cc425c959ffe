using System.Threading.Channels;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>One open stream of an agent, as the rest of the controller sees it.</summary>
internal sealed class AgentStream : IDisposable
{
    // What waits to be said is bounded: acknowledgements and credits are merged by their sender.
    private const int Backlog = 64;
    private readonly CancellationTokenSource _cut = new();
    private readonly Channel<ConnectResponse> _outgoing = Channel.CreateBounded<ConnectResponse>(
        new BoundedChannelOptions(Backlog) { SingleReader = true });

    public AgentStream(string serverId, string agentId)
    {
        ServerId = serverId;
        AgentId = agentId;
    }

    public string ServerId { get; }

    public string AgentId { get; }

    /// <summary>Why the controller cut it; absent while it did not.</summary>
    public string? CutReason { get; private set; }

    /// <summary>Cancelled when the controller cuts the stream.</summary>
    public CancellationToken WasCut => _cut.Token;

    /// <summary>What is to be said to the agent, in order.</summary>
    public ChannelReader<ConnectResponse> Outgoing => _outgoing.Reader;

    /// <summary>Says something; false when the agent does not take what was said before.</summary>
    public bool TrySay(ConnectResponse response) => _outgoing.Writer.TryWrite(response);

    public void Cut(string reason)
    {
        CutReason ??= reason;
        _cut.Cancel();
    }

    /// <summary>Nothing more will be said.</summary>
    public void Complete() => _outgoing.Writer.TryComplete();

    public void Dispose() => _cut.Dispose();
}
