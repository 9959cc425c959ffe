using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.EndToEnd.Tests.Crash;

/// <summary>
/// Has a real agent report far more often than it would by itself: each change of its checks by a technician makes it check and report
/// everything at once. One of its checks always fails.
/// </summary>
internal sealed class RoundsOnDemand : IAsyncDisposable
{
    /// <summary>TCP port 9 (discard): nobody listens there.</summary>
    public const string FailingService = "tcp:9";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly Duration[] Intervals = [Duration.FromTimeSpan(TimeSpan.FromMinutes(5)), Duration.FromTimeSpan(TimeSpan.FromMinutes(6))];

    private readonly CancellationTokenSource _end = new();
    private readonly Technician _technician;
    private readonly string _server;
    private readonly Task _asking;

    public RoundsOnDemand(Technician technician, string server)
    {
        _technician = technician;
        _server = server;
        _asking = AskAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_end.IsCancellationRequested)
        {
            await _end.CancelAsync();
            await _asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _end.Dispose();
        }
    }

    private async Task AskAsync()
    {
        for (var turn = 0; !_end.IsCancellationRequested; turn++)
        {
            var change = new SetServerChecksRequest { Server = _server, ServiceInterval = Intervals[turn % Intervals.Length] };
            change.Add.Add(new ServiceDefinition { ServiceId = FailingService, Kind = CheckKind.Tcp, Role = ServiceRole.Other, Port = 9 });
            try
            {
                await _technician.Records.SetServerChecksAsync(change, _technician.Call(_end.Token));
            }
            catch (RpcException)
            {
                // The controller was killed: the next turn asks the next one.
            }

            await Task.Delay(Pause, TimeProvider.System, _end.Token);
        }
    }
}
