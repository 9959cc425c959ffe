using System.Globalization;
using Grpc.Core;
using HaiSoft.Agent.Identity;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Session.Mapping;
using HaiSoft.Agent.Spool;
using HaiSoft.Protocol.Agent.V1;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaiSoft.Agent.Session;

/// <summary>Holds the one stream to the controller, and dials again when it ends.</summary>
internal sealed partial class Link(
    LinkOptions options,
    CurrentIdentity current,
    Outbox outbox,
    AgentClock clock,
    ControllerClock controllerClock,
    ControllerWishes wishes,
    SeriesCatalogue series,
    LinkState state,
    Liveness liveness,
    ILogger<Link> logger)
    : BackgroundService
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LinkCourse course = new(new Reconnect(Random.Shared), new Caution(), liveness.Register("session", LongestSilence));
        while (!stoppingToken.IsCancellationRequested)
        {
            course.Pulse.Beat();
            TimeSpan wait = await ConnectAsync(course, stoppingToken);
            if (wait > TimeSpan.Zero && !stoppingToken.IsCancellationRequested)
            {
                Log.Waiting(logger, wait.TotalSeconds);
                await WaitAsync(wait, stoppingToken);
            }
        }

        course.Pulse.End();
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Task.Delay(wait, clock.Time, over.Token), current.Get().Changed);
        await over.CancelAsync();
    }

    private async Task<TimeSpan> ConnectAsync(LinkCourse course, CancellationToken cancellationToken)
    {
        (AgentIdentity identity, Task renewed) = current.Get();
        using ControllerChannel channel = ControllerChannel.Of(identity, clock.Time);
        LinkStream stream = new(options, outbox, clock, controllerClock, wishes, series, state);
        try
        {
            Log.Dialling(logger, identity.Controller);
            AgentLinkService.AgentLinkServiceClient client = new(channel.Channel);
            StreamEnd end = await stream.RunAsync(client, identity, renewed, course, cancellationToken);
            state.Disconnected(clock.UtcNow, null);
            Log.Ended(logger, end);
            return end == StreamEnd.Drained ? course.Reconnect.AfterCut() : TimeSpan.Zero;
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
            if (error is RpcException { StatusCode: StatusCode.InvalidArgument } && stream.Served && course.Caution.Refused() is { } leftOut)
            {
                Log.LeftOut(logger, leftOut);
            }

            return ComeBack(error) is { } after ? course.Reconnect.AfterRefusal(after)
                : stream.Served ? course.Reconnect.AfterCut()
                : course.Reconnect.AfterFailure();
        }
    }

    // What a controller says that refuses streams for now.
    private static TimeSpan? ComeBack(Exception error) =>
        error is RpcException { StatusCode: StatusCode.Unavailable } refused
        && int.TryParse(refused.Trailers.GetValue("retry-after"), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

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
