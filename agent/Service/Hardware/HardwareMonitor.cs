using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Hardware;
using HaiSoft.Agent.Readings.Observations;
using HaiSoft.Agent.Spool;
using Microsoft.Extensions.Hosting;

namespace HaiSoft.Agent.Hardware;

/// <summary>Reads all hardware sources, each in a loop of its own, so that none waits for another.</summary>
internal sealed class HardwareMonitor(
    HardwareSchedule schedule,
    AgentClock clock,
    Outbox outbox,
    ResyncSignal resync,
    Temperatures temperatures) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        schedule.Start(stoppingToken);
        List<Task> loops = [];
        foreach (Sensor sensor in schedule.Sensors)
        {
            loops.Add(new SensorLoop(sensor, clock, resync, outbox.Submit, Note).RunAsync(stoppingToken));
        }

        try
        {
            await Task.WhenAll(loops);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The daemon ends.
        }
    }

    private void Note(HardwareReading reading)
    {
        temperatures.Take(reading);
        if (reading.Source != HardwareSource.Smart)
        {
            return;
        }

        if (reading.Outcome is Unavailable<HardwareComponents> { Why: { Reason: UnavailableReason.HelperDown } why })
        {
            outbox.Faults.Raise(AgentPart.Helper, why.Detail);
        }
        else if (reading.Outcome is not Unavailable<HardwareComponents> { Why.Reason: UnavailableReason.TimedOut })
        {
            outbox.Faults.Clear(AgentPart.Helper);
        }
    }
}
