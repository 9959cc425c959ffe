using Google.Protobuf.WellKnownTypes;
using HaiSoft.Controller.Records;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Brings what technicians set on an agent to it: at its Hello, and at once when it is changed.</summary>
internal sealed partial class Configurations(ServerChecks checks, AgentStreams streams, ILogger<Configurations> logger) : IHostedService
{
    /// <summary>What holds for a server's agent; absent when nobody set anything.</summary>
    public async Task<Configuration?> OfAsync(string serverId, CancellationToken cancellationToken)
    {
        CheckPlan plan = await checks.OfAsync(serverId, cancellationToken);
        return plan.Version == 0 ? null : ToMessage(plan);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        checks.WhenChanged(serverId => _ = PushAsync(serverId));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Off the writer's thread, which tells of the change. What fails here comes with the agent's next Hello.
    private async Task PushAsync(string serverId)
    {
        await Task.Yield();
        try
        {
            if (streams.IsConnected(serverId) && await OfAsync(serverId, CancellationToken.None) is { } configuration)
                streams.Say(serverId, new() { Configuration = configuration });
        }
        catch (Exception e)
        {
            Log.NotPushed(logger, e, serverId);
        }
    }

    private static Configuration ToMessage(CheckPlan plan) => new()
    {
        Version = plan.Version,
        ServiceInterval = plan.Interval?.ToDuration(),
        Services = { plan.Services.Select(AddedServiceMapping.ToMessage) },
    };

    private static partial class Log
    {
        [LoggerMessage(1531, LogLevel.Error, "The new configuration of server {ServerId} could not be sent; it comes with the next Hello")]
        public static partial void NotPushed(ILogger logger, Exception exception, string serverId);
    }
}
