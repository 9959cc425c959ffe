using System.Net.Security;
using Grpc.Core;
using HaiSoft.FleetSimulator.Fleets;
using HaiSoft.FleetSimulator.Identities;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Agents;

/// <summary>One agent: dials, talks, is cut off, waits and dials again, until it is told to stop.</summary>
internal sealed class SimulatedAgent(AgentState state, DialGate gate, string address, Authority authority, ReconnectDelay reconnect, TimeProvider time)
{
    private readonly SslStreamCertificateContext _context = state.Identity.ClientContext();
    private readonly TaskCompletionSource _welcomed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile AgentConversation? _conversation;
    private volatile AgentConnection? _connection;

    public AgentState State => state;

    /// <summary>Completes with the first welcome.</summary>
    public Task Welcomed => _welcomed.Task;

    /// <summary>Something was spooled.</summary>
    public void Wake() => _conversation?.Wake();

    /// <summary>One more report now; completes with the stamp of its acknowledgement.</summary>
    public Task<long> Mark()
    {
        Task<long> acknowledged = state.Mark();
        Wake();
        return acknowledged;
    }

    /// <summary>The network between it and the controller breaks.</summary>
    public void Cut() => _connection?.Cut();

    /// <summary>Lives until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        int failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            AgentConversation? conversation = await TalkOnceAsync(cancellationToken);
            failures = conversation is { Welcomed: true } ? 0 : failures + 1;
            TimeSpan wait = reconnect.Next(failures, conversation?.ReconnectWithin);
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<AgentConversation?> TalkOnceAsync(CancellationToken cancellationToken)
    {
        AgentConversation? conversation = null;
        IDisposable? place = null;
        try
        {
            place = await gate.EnterAsync(cancellationToken);
            using AgentConnection connection = new(address, _context, authority);
            _connection = connection;
            AgentLinkService.AgentLinkServiceClient client = new(connection.Channel);
            using AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> call = client.Connect(cancellationToken: cancellationToken);
            conversation = new AgentConversation(call, state, time, () => Welcome(place));
            _conversation = conversation;
            await conversation.TalkAsync(cancellationToken);
        }
        catch (Exception error)
        {
            // Whatever ends a stream, an agent dials again; what it was is counted, but for the end of the run.
            if (!cancellationToken.IsCancellationRequested)
                state.Tally.Failed(error);
        }
        finally
        {
            place?.Dispose();
            _connection = null;
            _conversation = null;
            if (conversation is { Welcomed: true })
                state.Tally.Parted();
        }

        return conversation;
    }

    private void Welcome(IDisposable place)
    {
        place.Dispose();
        _welcomed.TrySetResult();
    }
}
