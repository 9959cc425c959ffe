using System.Collections.Concurrent;
using Grpc.Core;
using HaiSoft.FleetSimulator.Records;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.FleetSimulator.Faults;

/// <summary>Sees incidents as a technician's program does, the moment that the controller tells of them.</summary>
internal sealed class IncidentWatch : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Server, string Component), TaskCompletionSource<(string Incident, long Stamp)>> _awaited = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly AsyncServerStreamingCall<WatchIncidentsResponse> _call;
    private readonly Task _watching;

    public IncidentWatch(TechnicianLink link, TimeProvider time)
    {
        _time = time;
        _call = link.Incidents.WatchIncidents(new WatchIncidentsRequest(), link.Options(_stop.Token));
        _watching = WatchAsync();
    }

    /// <summary>Waits until the controller's answer has begun: what changes from then on is seen.</summary>
    public Task BegunAsync(CancellationToken cancellationToken) => _call.ResponseHeadersAsync.WaitAsync(cancellationToken);

    /// <summary>Completes when an open incident of this server tells of this component, with its number and the stamp of the clock.</summary>
    public Task<(string Incident, long Stamp)> Expect(string server, string component) =>
        _awaited.GetOrAdd((server, component), _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _call.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (await _call.ResponseStream.MoveNext(_stop.Token))
        {
            long stamp = _time.GetTimestamp();
            Incident incident = _call.ResponseStream.Current.Incident;
            foreach (Finding finding in incident.Findings.Where(finding => finding.RecoveredTime is null))
            {
                if (_awaited.TryRemove((incident.Server, finding.ComponentId), out var seen))
                    seen.TrySetResult((incident.IncidentId, stamp));
            }
        }
    }
}
