using HaiSoft.Agent.Hardware;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Measurements;
using HaiSoft.Agent.Readings.Observations;
using HaiSoft.Agent.Spool;
using Microsoft.Extensions.Hosting;

namespace HaiSoft.Agent.Measurements;

/// <summary>Takes the server's numbers, once a minute by default.</summary>
internal sealed class MeasurementsMonitor(
    MeasurementsOptions options,
    FileRoots roots,
    AgentClock clock,
    Outbox outbox,
    ResyncSignal resync,
    Temperatures temperatures) : BackgroundService
{
    private readonly KernelFigures _kernel = new(roots);
    private readonly FileSystemFigures _fileSystems = new(roots, options.Patience, clock.Time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                Task again = resync.Next;
                outbox.Submit(await TakeAsync(stoppingToken), Priority.Ordinary);
                await Task.WhenAny(Task.Delay(options.Interval, clock.Time, stoppingToken), again);
                stoppingToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The daemon ends.
        }
    }

    /// <summary>All numbers of this moment.</summary>
    public async Task<MeasurementsTaken> TakeAsync(CancellationToken cancellationToken)
    {
        Moment now = clock.Now();
        List<Measurement> measurements = [new("uptime.seconds", "", SeriesKind.Gauge, Math.Floor(now.Uptime.TotalSeconds))];
        _kernel.AddTo(measurements);
        temperatures.AddTo(measurements);
        await _fileSystems.AddToAsync(measurements, cancellationToken);
        return new MeasurementsTaken(now, measurements);
    }
}
