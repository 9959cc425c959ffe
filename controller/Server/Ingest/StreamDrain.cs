using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// When the controller stops, agents are told so one by one, half-close, and come back later; those that do not are cut off. Everything
/// else of the controller runs until they are gone, so that what they sent is acknowledged.
/// </summary>
internal sealed class StreamDrain(
    AgentStreams streams, StreamAdmission admission, IOptions<IngestOptions> options, TimeProvider time) : IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        AgentStream[] open = [.. streams.All()];
        Random.Shared.Shuffle(open);
        DrainPlan plan = new(open.Length, options.Value.DrainWithin, options.Value.ReconnectWithin);
        admission.CloseFor(plan.Length + Patience);
        try
        {
            await TellAsync(open, plan, cancellationToken);
            await EmptyAsync(Patience, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // No time is left: the rest is cut off.
        }

        foreach (AgentStream stream in streams.All())
            stream.End(new(StatusCode.Unavailable, "The controller stops."));
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task TellAsync(AgentStream[] open, DrainPlan plan, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        for (int i = 0; i < open.Length; i++)
        {
            if (plan.OffsetOf(i) - time.GetElapsedTime(start) is { Ticks: > 0 } early)
                await EmptyAsync(early, cancellationToken);
            open[i].Say(new() { Drain = new() { ReconnectWithin = plan.HintFor(i).ToDuration() } });
        }
    }

    // Waits so long, or until no stream is left.
    private async Task EmptyAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(streams.EmptyAsync(), Task.Delay(atMost, time, over.Token));
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
