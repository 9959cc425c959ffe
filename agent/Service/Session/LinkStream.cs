using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Agent.Identity;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Session.Mapping;
using HaiSoft.Agent.Spool;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Session;

/// <summary>How a stream ended.</summary>
internal enum StreamEnd
{
    /// <summary>The controller drained it, or ended it in good order.</summary>
    Drained,

    /// <summary>The agent ended it: it was old enough, another certificate holds, or a new spool epoch began. Dial at once.</summary>
    Renewed,

    /// <summary>The agent stops.</summary>
    Stopped,
}

/// <summary>One stream, from Hello to its end (DESIGN 3). Failures come as <see cref="RpcException"/>.</summary>
internal sealed class LinkStream(
    LinkOptions options, Outbox outbox, AgentClock clock, ControllerClock controllerClock, ControllerWishes wishes, SeriesCatalogue series, LinkState state)
{
    /// <summary>True once Welcome came: what ends it then is a cut, not a failure.</summary>
    public bool Served { get; private set; }

    /// <summary>Dials and serves until the stream ends.</summary>
    /// <param name="client">On a channel with this identity's certificate.</param>
    /// <param name="identity">Who says Hello.</param>
    /// <param name="renewed">Ends the stream in good order when it ends: another identity holds.</param>
    /// <param name="course">What goes from stream to stream.</param>
    /// <param name="cancellationToken">The agent stops: the stream ends in good order.</param>
    public async Task<StreamEnd> RunAsync(
        AgentLinkService.AgentLinkServiceClient client, AgentIdentity identity, Task renewed, LinkCourse course, CancellationToken cancellationToken)
    {
        using CancellationTokenSource cut = new();
        using AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> call = client.Connect(cancellationToken: cut.Token);
        try
        {
            SpoolPosition position = outbox.Position;
            Welcome welcome;
            await using (cancellationToken.UnsafeRegister(_ => cut.Cancel(), null)) // before Welcome nothing is to be ended in order
            {
                await call.RequestStream.WriteAsync(new ConnectRequest { Hello = ToHello(identity, position) }, CancellationToken.None);
                welcome = await ReadWelcomeAsync(call.ResponseStream, cancellationToken);
            }

            Take(welcome, course);
            bool isCurrent = Resume(position, welcome);
            state.Connected(clock.UtcNow);
            LinkSender sender = new(call.RequestStream, outbox, clock, position.Epoch, welcome.LastDurableSequence, course.Caution, series);
            sender.Window.Add(isCurrent ? welcome.CreditBytes : 0);
            return await ServeAsync(call, sender, renewed, course, cancellationToken);
        }
        finally
        {
            await cut.CancelAsync();
        }
    }

    private bool Resume(SpoolPosition position, Welcome welcome)
    {
        if (welcome.BeginNewEpoch)
        {
            outbox.Part(position.Epoch);
            return false;
        }

        return outbox.Resume(position.Epoch, welcome.LastDurableSequence);
    }

    private void Take(Welcome welcome, LinkCourse course)
    {
        if (welcome.ServerTime is { } serverTime)
        {
            controllerClock.Hear(serverTime.ToDateTimeOffset());
        }

        course.Reconnect.Connected(welcome.ReconnectWithin?.ToTimeSpan());
        Served = true;
    }

    private async Task<StreamEnd> ServeAsync(
        AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> call, LinkSender sender, Task renewed, LinkCourse course, CancellationToken cancellationToken)
    {
        using CancellationTokenSource pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        LinkReceiver receiver = new(outbox, wishes, course.Reconnect, course.Caution);
        Task receive = receiver.RunAsync(call.ResponseStream, sender, CancellationToken.None);
        Task send = sender.RunAsync(course.Pulse, pause.Token);
        Task age = Task.Delay(options.RenewAfter * (0.9 + (0.2 * Random.Shared.NextDouble())), clock.Time, pause.Token);
        Task first = await Task.WhenAny(receive, send, receiver.Drained, renewed, age);
        await pause.CancelAsync();
        bool stops = cancellationToken.IsCancellationRequested;
        try
        {
            await FinishAsync(call, send, receive).WaitAsync(stops ? options.StopWithin : options.EndWithin, clock.Time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            // Cut off then. What was not acknowledged is sent again.
        }

        return stops ? StreamEnd.Stopped : first == receive || first == receiver.Drained ? StreamEnd.Drained : StreamEnd.Renewed;
    }

    // What is under way goes out whole, then the half-close; the controller ends the stream when all of it is acknowledged.
    private static async Task FinishAsync(AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> call, Task send, Task receive)
    {
        await send.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!send.IsFaulted && !receive.IsCompleted)
        {
            await call.RequestStream.CompleteAsync();
        }

        await receive; // it knows with which status a stream broke on which a write failed
        await send;
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
        RunId = AgentRun.Id,
    };

    private async Task<Welcome> ReadWelcomeAsync(IAsyncStreamReader<ConnectResponse> responses, CancellationToken cancellationToken)
    {
        bool any = await responses.MoveNext(CancellationToken.None).WaitAsync(options.WelcomeWithin, clock.Time, cancellationToken);
        return any && responses.Current.Welcome is { } welcome
            ? welcome
            : throw new RpcException(new Grpc.Core.Status(StatusCode.Internal, "The controller did not answer Hello with Welcome."));
    }
}
