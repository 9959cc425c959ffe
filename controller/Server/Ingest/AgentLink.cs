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
    Handshake handshake,
    Configurations configurations,
    StreamIntake intake,
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
        AgentIdentity identity = AgentIdentity.Of(context.GetHttpContext())
            ?? throw new RpcException(new(StatusCode.Unauthenticated, "An enrolled certificate is needed: run haisoft-agent enroll."));
        Hello hello = await ReadHelloAsync(requestStream, context.CancellationToken);
        if (HelloFaults.Find(hello, identity) is { } fault)
            throw new RpcException(fault);
        AgentClock clock = new(time.GetUtcNow(), hello.SentTime.ToDateTimeOffset(), hello.SentUptime.ToTimeSpan(), hello.BootId);
        using AgentStream stream = new(identity.ServerId, identity.AgentId, hello.SpoolEpoch, context.CancellationToken);
        HelloWork work = new(stream, hello, clock, handshake);
        queue.Add(work);
        try
        {
            Accepted accepted = await work.Accepted;
            streams.Opened(stream);
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

    private async Task<Hello> ReadHelloAsync(IAsyncStreamReader<ConnectRequest> requests, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_options.HelloWithin);
        try
        {
            if (await requests.MoveNext(patience.Token) && requests.Current.MessageCase == ConnectRequest.MessageOneofCase.Hello)
                return requests.Current.Hello;
        }
        catch (Exception e) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested && e is OperationCanceledException or RpcException)
        {
            throw new RpcException(new(StatusCode.DeadlineExceeded, $"No Hello within {_options.HelloWithin.TotalSeconds:0} s."));
        }

        throw new RpcException(new(StatusCode.InvalidArgument, "The first message must be Hello."));
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
            Log.Ended(logger, stream.ServerId, stream.EndedWith!.Value.StatusCode, stream.EndedWith.Value.Detail);
            throw new RpcException(stream.EndedWith.Value);
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
                CreditBytes = _options.CreditBytes,
                ReconnectWithin = _options.ReconnectWithin.ToDuration(),
            },
        });
        if (configuration is not null && configuration.Version != accepted.AgentConfiguration)
            stream.Say(new() { Configuration = configuration });
        stream.ResyncAsked = accepted.NewEpoch;
        if (accepted.NewEpoch)
            stream.Say(new() { Resync = new() { Reason = ResyncReason.NewEpoch } });
    }

    // What is there goes out together.
    private static async Task SpeakAsync(AgentStream stream, IServerStreamWriter<ConnectResponse> responses)
    {
        while (await stream.Voice.WaitAsync())
        {
            while (stream.Voice.Next() is { } response)
                await responses.WriteAsync(response, stream.Ended);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1511, LogLevel.Information, "Agent of server {ServerId} connected, version {Version}, durable up to {LastDurable}")]
        public static partial void Opened(ILogger logger, string serverId, string version, long lastDurable);

        [LoggerMessage(1512, LogLevel.Information, "Agent of server {ServerId} disconnected")]
        public static partial void Closed(ILogger logger, string serverId);

        [LoggerMessage(1513, LogLevel.Warning, "Stream of server {ServerId} ended with {Status}: {Detail}")]
        public static partial void Ended(ILogger logger, string serverId, StatusCode status, string detail);
    }
}
