using System.Threading.Channels;
using Grpc.Core;
using HaiSoft.FleetSimulator.Servers;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Agents;

/// <summary>One stream, from Hello to its end.</summary>
internal sealed class AgentConversation(
    AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> call, AgentState agent, TimeProvider time, Action welcomed)
{
    private readonly CreditAccount _credit = new();
    private readonly Channel<bool> _work = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<ConnectRequest> _answers = Channel.CreateBounded<ConnectRequest>(16);

    /// <summary>The controller has welcomed the agent.</summary>
    public bool Welcomed { get; private set; }

    /// <summary>How long the controller lets agents spread their return; null when it did not say.</summary>
    public TimeSpan? ReconnectWithin { get; private set; }

    /// <summary>The spool has something new.</summary>
    public void Wake() => _work.Writer.TryWrite(true);

    /// <summary>Talks until the stream ends. Throws what ended it, but for the controller's own good order.</summary>
    public async Task TalkAsync(CancellationToken cancellationToken)
    {
        await call.RequestStream.WriteAsync(new ConnectRequest { Hello = Hello() }, cancellationToken);
        if (!await call.ResponseStream.MoveNext(cancellationToken) || call.ResponseStream.Current.Welcome is not { } welcome)
            throw new InvalidDataException("The controller's first message is not Welcome.");

        Begin(welcome);
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task sending = SendAsync(ended.Token);
        try
        {
            await ReceiveAsync(ended.Token);
        }
        finally
        {
            await ended.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Hello Hello()
    {
        DateTimeOffset now = agent.Server.Moments.Now();
        return new Hello
        {
            AgentId = agent.Identity.AgentId,
            AgentVersion = "0.1.0",
            BootId = agent.Server.Moments.BootId,
            SpoolEpoch = agent.Spool.Epoch,
            FirstHeldSequence = agent.Spool.FirstHeld(),
            LastWrittenSequence = agent.Spool.LastWritten,
            SentTime = ServerMoments.Stamp(now),
            SentUptime = agent.Server.Moments.Uptime(now),
            ConfigurationVersion = agent.ConfigurationVersion,
        };
    }

    private void Begin(Welcome welcome)
    {
        Settle(welcome.LastDurableSequence);
        agent.Spool.Rewind();
        ReconnectWithin = welcome.ReconnectWithin?.ToTimeSpan();
        _credit.Add(welcome.CreditBytes);
        Welcomed = true;
        welcomed();
        agent.Tally.Welcomed(time.GetTimestamp());
        Wake();
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        while (await _work.Reader.WaitToReadAsync(cancellationToken))
        {
            _work.Reader.TryRead(out _);
            while (_answers.Reader.TryRead(out ConnectRequest? answer))
                await call.RequestStream.WriteAsync(answer, cancellationToken);
            while (agent.Spool.NextBatch(_credit, time.GetTimestamp()) is { } batch)
            {
                agent.Tally.Sent(batch.Reports.Count);
                await call.RequestStream.WriteAsync(new ConnectRequest { Reports = batch }, cancellationToken);
            }
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            ConnectResponse response = call.ResponseStream.Current;
            switch (response.MessageCase)
            {
                case ConnectResponse.MessageOneofCase.Ack:
                    _credit.Add(response.Ack.CreditBytes);
                    Settle(response.Ack.Sequence);
                    break;
                case ConnectResponse.MessageOneofCase.Credit:
                    _credit.Add(response.Credit.AdditionalBytes);
                    break;
                case ConnectResponse.MessageOneofCase.Configuration:
                    agent.ConfigurationVersion = response.Configuration.Version;
                    break;
                case ConnectResponse.MessageOneofCase.Resync:
                    agent.Resync();
                    break;
                case ConnectResponse.MessageOneofCase.Check:
                    _answers.Writer.TryWrite(new ConnectRequest { CheckAnswer = agent.Answer(response.Check) });
                    break;
                case ConnectResponse.MessageOneofCase.Drain:
                    ReconnectWithin = response.Drain.ReconnectWithin?.ToTimeSpan() ?? ReconnectWithin;
                    await call.RequestStream.CompleteAsync();
                    break;
                default:
                    throw new InvalidDataException($"The controller said {response.MessageCase}, which has no place here.");
            }

            Wake();
        }
    }

    private void Settle(long sequence)
    {
        long now = time.GetTimestamp();
        foreach (SpooledReport report in agent.Spool.Acknowledge(sequence))
            agent.Tally.Acknowledged(report, now);
    }
}
