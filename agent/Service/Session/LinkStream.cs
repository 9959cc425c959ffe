using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Agent.Identity;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Spool;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Session;

/// <summary>How a stream ended.</summary>
internal enum StreamEnd
{
    /// <summary>The controller drained it, or ended it in good order.</summary>
    Drained,

    /// <summary>The agent ended it: another certificate holds, or a new spool epoch began. Dial at once.</summary>
    Renewed,
}

/// <summary>One stream, from Hello to its end (DESIGN 3). Failures come as <see cref="RpcException"/>.</summary>
internal sealed class LinkStream(
    Outbox outbox, AgentClock clock, ControllerClock controllerClock, ControllerWishes wishes, Reconnect reconnect, Caution caution, LinkState state, Liveness.Pulse pulse)
{
    private static readonly TimeSpan WelcomeWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(10);

    /// <summary>True once Welcome came: what ends it then is a cut, not a failure.</summary>
    public bool Served { get; private set; }

    /// <summary>Dials and serves until the stream ends.</summary>
    /// <param name="client">On a channel with this identity's certificate.</param>
    /// <param name="identity">Who says Hello.</param>
    /// <param name="renewed">Ends the stream in good order when it ends: another identity holds.</param>
    /// <param name="cancellationToken">The agent stops.</param>
    public async Task<StreamEnd> RunAsync(
        AgentLinkService.AgentLinkServiceClient client, AgentIdentity identity, Task renewed, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> call = client.Connect(cancellationToken: ending.Token);
        try
        {
            SpoolPosition position = outbox.Position;
            await call.RequestStream.WriteAsync(new ConnectRequest { Hello = ToHello(identity, position) }, cancellationToken);
            Welcome welcome = await ReadWelcomeAsync(call.ResponseStream, cancellationToken);
            if (welcome.ServerTime is { } serverTime)
            {
                controllerClock.Hear(serverTime.ToDateTimeOffset());
            }

            reconnect.Connected(welcome.ReconnectWithin?.ToTimeSpan());
            Served = true;
            if (!await outbox.ResumeAsync(welcome.LastDurableSequence, cancellationToken))
            {
                return StreamEnd.Renewed;
            }

            state.Connected(clock.UtcNow);
            caution.Begin(position.Epoch);
            LinkSender sender = new(call.RequestStream, outbox, clock, position.Epoch, welcome.LastDurableSequence, caution, pulse);
            sender.Window.Add(welcome.CreditBytes);
            return await ServeAsync(call, sender, renewed, ending);
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    private async Task<StreamEnd> ServeAsync(
        AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> call, LinkSender sender, Task renewed, CancellationTokenSource ending)
    {
        using CancellationTokenSource sending = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task receive = ReceiveAsync(call.ResponseStream, sender, drained, ending.Token);
        Task send = sender.RunAsync(sending.Token);
        Task first = await Task.WhenAny(receive, send, drained.Task, renewed);
        StreamEnd end = first == renewed ? StreamEnd.Renewed : StreamEnd.Drained;
        await sending.CancelAsync();
        await send.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (first == send && send.IsFaulted && !receive.IsCompleted)
        {
            // A write fails when the stream is broken; the reading side knows with which status.
            await receive.WaitAsync(EndWithin, clock.Time, ending.Token);
            await send;
        }

        if (!receive.IsFaulted)
        {
            await call.RequestStream.CompleteAsync();
        }

        await receive.WaitAsync(EndWithin, clock.Time, ending.Token);
        return end;
    }

    private Hello ToHello(AgentIdentity identity, SpoolPosition position) => new()
    {
        AgentId = identity.AgentId,
        AgentVersion = AgentVersion.Text,
        BootId = clock.BootId,
        SpoolEpoch = position.Epoch,
        FirstHeldSequence = position.FirstHeld,
        LastWrittenSequence = position.LastWritten,
        SentTime = Timestamp.FromDateTimeOffset(clock.UtcNow),
        SentUptime = Duration.FromTimeSpan(clock.Uptime),
        ConfigurationVersion = wishes.ConfigurationVersion,
    };

    private async Task<Welcome> ReadWelcomeAsync(IAsyncStreamReader<ConnectResponse> responses, CancellationToken cancellationToken)
    {
        bool any = await responses.MoveNext(cancellationToken).WaitAsync(WelcomeWithin, clock.Time, cancellationToken);
        return any && responses.Current.Welcome is { } welcome
            ? welcome
            : throw new RpcException(new Grpc.Core.Status(StatusCode.Internal, "The controller did not answer Hello with Welcome."));
    }

    private async Task ReceiveAsync(
        IAsyncStreamReader<ConnectResponse> responses, LinkSender sender, TaskCompletionSource drained, CancellationToken cancellationToken)
    {
        while (await responses.MoveNext(cancellationToken))
        {
            ConnectResponse response = responses.Current;
            switch (response.MessageCase)
            {
                case ConnectResponse.MessageOneofCase.Ack:
                    sender.Window.Add(response.Ack.CreditBytes);
                    outbox.Acknowledge(response.Ack.SpoolEpoch, response.Ack.Sequence);
                    if (caution.OneByOne || response.Ack.CreditBytes > 0)
                    {
                        outbox.Nudge();
                    }

                    break;
                case ConnectResponse.MessageOneofCase.Credit:
                    sender.Window.Add(response.Credit.AdditionalBytes);
                    outbox.Nudge();
                    break;
                case ConnectResponse.MessageOneofCase.Drain:
                    reconnect.Hint(response.Drain.ReconnectWithin?.ToTimeSpan());
                    drained.TrySetResult(); // acknowledgements of what was sent may still come
                    break;
                default:
                    wishes.Take(response, sender);
                    break;
            }
        }
    }
}
