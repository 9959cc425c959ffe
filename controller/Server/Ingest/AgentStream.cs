using System.Threading.Channels;
using Grpc.Core;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>One open stream of an agent, as the rest of the controller sees it.</summary>
internal sealed class AgentStream(string serverId, string agentId, string epoch) : IDisposable
{
    // Bounded by the agent's credit: an acknowledgement and a credit for each batch that it may have under way.
    private const int Backlog = 4096;
    private readonly CancellationTokenSource _ended = new();
    private readonly Channel<ConnectResponse> _outgoing = Channel.CreateBounded<ConnectResponse>(
        new BoundedChannelOptions(Backlog) { SingleReader = true });
    private int _unacknowledgedBytes;

    public string ServerId { get; } = serverId;

    public string AgentId { get; } = agentId;

    public string Epoch { get; } = epoch;

    /// <summary>How the controller ended it; absent while it did not.</summary>
    public Status? EndedWith { get; private set; }

    /// <summary>Cancelled when the controller ends the stream.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>What is to be said to the agent, in order.</summary>
    public ChannelReader<ConnectResponse> Outgoing => _outgoing.Reader;

    /// <summary>Bytes of reports that were taken and are not durable yet.</summary>
    public int UnacknowledgedBytes => Volatile.Read(ref _unacknowledgedBytes);

    /// <summary>Says something. An agent that does not listen is cut off: it comes back and is told again.</summary>
    public void Say(ConnectResponse response)
    {
        if (!_outgoing.Writer.TryWrite(response))
            End(new(StatusCode.ResourceExhausted, "The agent does not read what the controller says; dial again."));
    }

    /// <summary>Reports were taken off the wire, or became durable (negative).</summary>
    public void Take(int bytes) => Interlocked.Add(ref _unacknowledgedBytes, bytes);

    /// <summary>Ends it at once; the first reason stays.</summary>
    public void End(Status status)
    {
        EndedWith ??= status;
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself in the meantime.
        }
    }

    /// <summary>Nothing more will be said.</summary>
    public void Complete() => _outgoing.Writer.TryComplete();

    public void Dispose() => _ended.Dispose();
}
