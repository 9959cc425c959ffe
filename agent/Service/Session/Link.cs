using Grpc.Core;
using HaiSoft.Agent.Identity;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Spool;
using HaiSoft.Protocol.Agent.V1;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaiSoft.Agent.Session;

/// <summary>Holds the one stream to the controller, and dials again when it ends.</summary>
internal sealed partial class Link(
    CurrentIdentity current, Outbox outbox, AgentClock clock, ControllerClock controllerClock, ControllerWishes wishes, LinkState state, Liveness liveness, ILogger<Link> logger)
    : BackgroundService
{
    private readonly Caution _caution = new();
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Reconnect reconnect = new(Random.Shared);
        Liveness.Pulse pulse = liveness.Register("session", LongestSilence);
        while (!stoppingToken.IsCancellationRequested)
        {
            pulse.Beat();
            TimeSpan wait = await ConnectAsync(reconnect, pulse, stoppingToken);
            if (wait > TimeSpan.Zero)
            {
                Log.Waiting(logger, wait.TotalSeconds);
                await Task.WhenAny(Task.Delay(wait, clock.Time, stoppingToken), current.Get().Changed);
            }
        }

        pulse.End();
    }

    private async Task<TimeSpan> ConnectAsync(Reconnect reconnect, Liveness.Pulse pulse, CancellationToken cancellationToken)
    {
        (AgentIdentity identity, Task renewed) = current.Get();
        using ControllerChannel channel = ControllerChannel.Of(identity, clock.Time);
        LinkStream stream = new(outbox, clock, controllerClock, wishes, reconnect, _caution, state, pulse);
        try
        {
            Log.Dialling(logger, identity.Controller);
            StreamEnd end = await stream.RunAsync(new AgentLinkService.AgentLinkServiceClient(channel.Channel), identity, renewed, cancellationToken);
            state.Disconnected(clock.UtcNow, null);
            Log.Ended(logger, end);
            return end == StreamEnd.Renewed ? TimeSpan.Zero : reconnect.AfterCut();
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            state.Disconnected(clock.UtcNow, null);
            return TimeSpan.Zero;
        }
        catch (Exception error) when (error is RpcException or HttpRequestException or IOException or TimeoutException or OperationCanceledException or InvalidOperationException)
        {
            string reason = ControllerFailure.Explain(error, identity.Address, channel.Trust.Fault, clock.UtcNow);
            state.Disconnected(clock.UtcNow, reason);
            Log.Failed(logger, reason);
            if (error is RpcException { StatusCode: StatusCode.InvalidArgument } && stream.Served && _caution.Refused() is { } leftOut)
            {
                Log.LeftOut(logger, leftOut);
            }

            return stream.Served ? reconnect.AfterCut() : reconnect.AfterFailure();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4001, LogLevel.Information, "Dialling the controller at {Address}.")]
        public static partial void Dialling(ILogger logger, string address);

        [LoggerMessage(4002, LogLevel.Information, "The stream ended in good order ({End}).")]
        public static partial void Ended(ILogger logger, StreamEnd end);

        [LoggerMessage(4003, LogLevel.Warning, "{Reason}")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(4005, LogLevel.Error, "The controller refuses the report of sequence {Sequence}; it is left out and told as a gap.")]
        public static partial void LeftOut(ILogger logger, long sequence);

        [LoggerMessage(4004, LogLevel.Information, "Dialling again in {Seconds:F1} s.")]
        public static partial void Waiting(ILogger logger, double seconds);
    }
}
