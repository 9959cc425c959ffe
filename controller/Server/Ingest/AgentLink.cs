using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Controller.Identity;
using HaiSoft.Protocol.Agent.V1;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Ingest;

/// <summary>Serves the one stream of each agent (DESIGN 3).</summary>
internal sealed partial class AgentLink(
    AgentStreams streams,
    IngestQueue queue,
    Greeting greeting,
    Handshake handshake,
    Configurations configurations,
    CatalogueOffers catalogues,
    OrderOffers orders,
    StreamIntake intake,
    IngestBudget budget,
    IngestMetrics metrics,
    IOptions<IngestOptions> options,
    TimeProvider time,
    ILogger<AgentLink> logger)
    : AgentLinkService.AgentLinkServiceBase
{
    private readonly IngestOptions _options = options.Value;

    /// <inheritdoc/>
    public override async Task Connect(
        IAsyncStreamReader<ConnectRequest> requestStream, IServerStreamWriter<ConnectResponse> responseStream, ServerCallContext context)
    {
        (AgentIdentity identity, Hello hello) = await greeting.MeetAsync(requestStream, context);
        AgentClock clock = new(time.GetUtcNow(), hello.SentTime.ToDateTimeOffset(), hello.SentUptime.ToTimeSpan(), hello.BootId);
        string run = hello.RunId.Length > 0 ? hello.RunId : hello.BootId;
        using AgentStream stream = new(identity.ServerId, identity.AgentId, hello.SpoolEpoch, run, clock.ReceivedAt, context.CancellationToken);
        HelloWork work = new(stream, hello, clock, handshake);
        queue.Add(work);
        try
        {
            Accepted accepted = await greeting.AcceptedAsync(work);
            Open(stream);
            Log.Opened(logger, stream.ServerId, hello.AgentVersion, accepted.LastDurable);
            await ServeAsync(stream, accepted, requestStream, responseStream);
        }
        finally
        {
            streams.Closed(stream);
            queue.Add(new FarewellWork(stream, clock.ReceivedAt, handshake));
            Log.Closed(logger, stream.ServerId);
        }
    }

    private void Open(AgentStream stream)
    {
        if (streams.TryOpen(stream))
            return;
        metrics.Ended(StatusCode.ResourceExhausted);
        throw new RpcException(new(
            StatusCode.ResourceExhausted, $"{AgentStreams.MostOfServer} streams of this server's agent are open: it needs one. Was its identity copied?"));
    }

    private async Task ServeAsync(
        AgentStream stream, Accepted accepted, IAsyncStreamReader<ConnectRequest> requests, IServerStreamWriter<ConnectResponse> responses)
    {
        await WelcomeAsync(stream, accepted);
        Task speaking = SpeakAsync(stream, responses);
        try
        {
            await intake.ListenAsync(stream, accepted.Clock, requests);
            stream.Voice.Close();
            await speaking;
        }
        catch (Exception e) when (stream.EndedWith is { } status && e is OperationCanceledException or RpcException or IOException)
        {
            metrics.Ended(status.StatusCode);
            Log.Ended(logger, stream.ServerId, status.StatusCode, status.Detail);
            throw new RpcException(status);
        }
        catch (RpcException e) when (e.StatusCode != StatusCode.Cancelled)
        {
            metrics.Ended(e.StatusCode);
            throw;
        }
        finally
        {
            stream.Silence();
            await speaking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WelcomeAsync(AgentStream stream, Accepted accepted)
    {
        Configuration? configuration = accepted.IsConfigured ? await configurations.OfAsync(stream.ServerId, stream.Ended) : null;
        stream.Say(new()
        {
            Welcome = new()
            {
                LastDurableSequence = accepted.LastDurable,
                ServerTime = accepted.Clock.ReceivedAt.ToTimestamp(),
                ConfigurationVersion = configuration?.Version ?? 0,
                CreditBytes = budget.CreditAmong(streams.Count),
                ReconnectWithin = _options.ReconnectWithin.ToDuration(),
                BeginNewEpoch = stream.IsTwin,
            },
        });
        if (stream.IsTwin)
            Log.Twin(logger, stream.ServerId);
        if (configuration is not null && configuration.Version != accepted.AgentConfiguration)
            stream.Say(new() { Configuration = configuration });
        catalogues.Connected(stream.ServerId);
        orders.Connected(stream.ServerId);
        stream.ResyncAsked = accepted.NewEpoch;
        if (accepted.NewEpoch)
            stream.Say(new() { Resync = new() { Reason = ResyncReason.NewEpoch } });
    }

    // What is there goes out together.
    private async Task SpeakAsync(AgentStream stream, IServerStreamWriter<ConnectResponse> responses)
    {
        while (await stream.Voice.WaitAsync())
        {
            while (stream.Voice.Next() is { } response)
            {
                await responses.WriteAsync(response, stream.Ended);
                metrics.Said(response);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1511, LogLevel.Information, "Agent of server {ServerId} connected, version {Version}, durable up to {LastDurable}")]
        public static partial void Opened(ILogger logger, string serverId, string version, long lastDurable);

        [LoggerMessage(1514, LogLevel.Warning, "Two agents of server {ServerId} report from copies of one spool; one was told to begin a new epoch")]
        public static partial void Twin(ILogger logger, string serverId);

        [LoggerMessage(1512, LogLevel.Information, "Agent of server {ServerId} disconnected")]
        public static partial void Closed(ILogger logger, string serverId);

        [LoggerMessage(1513, LogLevel.Warning, "Stream of server {ServerId} ended with {Status}: {Detail}")]
        public static partial void Ended(ILogger logger, string serverId, StatusCode status, string detail);
    }
}
