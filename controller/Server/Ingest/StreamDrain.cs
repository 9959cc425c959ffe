using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Ingest;

/// <summary>When the controller stops, agents are told so, half-close, and come back later; those that do not are cut off.</summary>
internal sealed class StreamDrain(
    AgentStreams streams, IOptions<IngestOptions> options, IHostApplicationLifetime lifetime, TimeProvider time) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(() => _ = DrainAsync());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task DrainAsync()
    {
        foreach (AgentStream stream in streams.All())
            stream.Say(new() { Drain = new() { ReconnectWithin = options.Value.ReconnectWithin.ToDuration() } });
        await Task.Delay(Patience, time);
        foreach (AgentStream stream in streams.All())
            stream.End(new(StatusCode.Unavailable, "The controller stops."));
    }
}
