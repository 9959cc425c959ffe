using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Inventory;
using HaiSoft.Agent.Readings.Observations;
using HaiSoft.Agent.Spool;
using Microsoft.Extensions.Hosting;

namespace HaiSoft.Agent.Inventory;

/// <summary>Reports the inventory at start, when it changed, and on a resync.</summary>
internal sealed class InventoryMonitor(InventoryOptions options, InventoryReader reader, AgentClock clock, Outbox outbox, ResyncSignal resync)
    : BackgroundService
{
    private MachineInventory? _reported;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                Task again = resync.Next;
                Moment now = clock.Now();
                MachineInventory inventory = await reader.ReadAsync(stoppingToken);
                if (_reported is null || !inventory.SameAs(_reported))
                {
                    _reported = inventory;
                    outbox.Submit(new InventoryObserved(now, inventory), Priority.Ordinary);
                }

                await Task.WhenAny(Task.Delay(options.Interval, clock.Time, stoppingToken), again);
                stoppingToken.ThrowIfCancellationRequested();
                if (again.IsCompleted)
                {
                    _reported = null;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The daemon ends.
        }
    }
}
