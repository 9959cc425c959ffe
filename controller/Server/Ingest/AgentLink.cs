using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Controller.Identity;
using HaiSoft.Protocol.Agent.V1;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Ingest;

/// <summary>Serves the one stream of each agent (DESIGN 3).</summary>
internal sealed partial class AgentLink(
    AgentStreams streams, Handshake handshake, StreamIntake intake, IOptions<IngestOptions> options, ILogger<AgentLink> logger)
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
        Accepted accepted = await handshake.AcceptAsync(identity, hello, context.CancellationToken);
        using AgentStream stream = new(identity.ServerId, identity.AgentId, hello.SpoolEpoch);
        streams.Opened(stream);
        Log.Opened(logger, stream.ServerId, hello.AgentVersion, accepted.LastDurable);
        try
        {
            await ServeAsync(stream, accepted, requestStream, responseStream, context.CancellationToken);
        }
        finally
        {
            bool last = streams.Closed(stream);
            Log.Closed(logger, stream.ServerId);
            if (last)
                await handshake.CloseAsync(stream.ServerId);
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
        AgentStream stream,
        Accepted accepted,
        IAsyncStreamReader<ConnectRequest> requests,
        IServerStreamWriter<ConnectResponse> responses,
        CancellationToken cancellationToken)
    {
        using CancellationTokenSource life = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stream.Ended);
        Welcome(stream, accepted);
        Task speaking = SpeakAsync(stream, responses, life.Token);
        try
        {
            await intake.ListenAsync(stream, accepted, requests, life.Token);
            stream.Complete();
            await speaking;
        }
        catch (Exception e) when (stream.EndedWith is { } status && e is OperationCanceledException or RpcException or IOException)
        {
            Log.Ended(logger, stream.ServerId, stream.EndedWith!.Value.StatusCode, stream.EndedWith.Value.Detail);
            throw new RpcException(stream.EndedWith.Value);
        }
        finally
        {
            stream.Complete();
            await life.CancelAsync();
            await speaking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Welcome(AgentStream stream, Accepted accepted)
    {
        stream.Say(new()
        {
            Welcome = new()
            {
                LastDurableSequence = accepted.LastDurable,
                ServerTime = accepted.Clock.ReceivedAt.ToTimestamp(),
                ConfigurationVersion = accepted.Configuration?.Version ?? 0,
                CreditBytes = _options.CreditBytes,
                ReconnectWithin = _options.ReconnectWithin.ToDuration(),
            },
        });
        if (accepted.Configuration is { } configuration && configuration.Version != accepted.AgentConfiguration)
            stream.Say(new() { Configuration = configuration });
        if (accepted.NewEpoch)
            stream.Say(new() { Resync = new() { Reason = ResyncReason.NewEpoch } });
    }

    private static async Task SpeakAsync(AgentStream stream, IServerStreamWriter<ConnectResponse> responses, CancellationToken cancellationToken)
    {
        await foreach (ConnectResponse response in stream.Outgoing.ReadAllAsync(cancellationToken))
            await responses.WriteAsync(response, cancellationToken);
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
