using HaiSoft.Agent.Identity;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Operations;
using HaiSoft.Agent.Services;
using HaiSoft.Agent.Session;
using HaiSoft.Agent.Spool;
using Microsoft.Extensions.Hosting;

namespace HaiSoft.Agent.Status;

/// <summary>Writes the status file, and systemd's status line, when something changed and at least once a minute.</summary>
internal sealed class StatusWriter(
    StateFolder folder, CurrentIdentity current, ControllerClock controllerClock, LinkState link, Outbox outbox, ServiceCatalogue services, TrustKeeper trust, AgentClock clock, ServiceNotifier notifier)
    : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestAge = TimeSpan.FromMinutes(1);
    private string _lastLine = "";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string path = StatusFile.PathToWrite(folder);
        long written = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            StatusFile status = Gather();
            string line = Describe(status);
            if (line != _lastLine || clock.Time.GetElapsedTime(written) >= LongestAge)
            {
                written = clock.Time.GetTimestamp();
                _lastLine = line;
                notifier.Status(line);
                TryWrite(status, path);
            }

            await Task.Delay(LookInterval, clock.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static void TryWrite(StatusFile status, string path)
    {
        try
        {
            status.Write(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full disk is told by the spool, which needs it more.
        }
    }

    private static string Describe(StatusFile status) =>
        (status.ConnectedSince is null ? $"not connected to {status.Controller}" : $"connected to {status.Controller}")
        + (status.SpoolBacklogCount > 100 ? $", {status.SpoolBacklogCount / 100 * 100}+ reports wait" : "")
        + (status.LastError is { } error ? $": {error}" : "")
        + (status.Faults is { Count: > 0 } faults ? $"; failing: {string.Join(", ", faults.Keys)}" : "");

    private StatusFile Gather()
    {
        AgentIdentity identity = current.Get().Identity;
        (DateTimeOffset? connectedSince, string? lastError, DateTimeOffset? lastErrorTime) = link.Get();
        SpoolPosition position = outbox.Position;
        return new StatusFile(
            clock.UtcNow,
            Environment.ProcessId,
            AgentVersion.Text,
            identity.ServerName,
            identity.AgentId,
            identity.Controller,
            identity.ExpiryTime,
            connectedSince,
            lastError,
            lastErrorTime,
            Math.Round(controllerClock.Offset.TotalSeconds, 1),
            position.Backlog,
            position.Bytes,
            services.List().Count,
            TrustStatus.Of(trust.Latest),
            outbox.Faults.Standing.ToDictionary(fault => fault.Key.ToString().ToLowerInvariant(), fault => fault.Value));
    }
}
