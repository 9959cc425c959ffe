using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Hardware;
using HaiSoft.Agent.Readings.Observations;
using HaiSoft.Agent.Spool;

namespace HaiSoft.Agent.Hardware;

/// <summary>
/// Reads one source again and again. A reading that hangs is told as timed out, and as such again at each turn until it
/// ends: it delays nothing but itself.
/// </summary>
internal sealed class SensorLoop(Sensor sensor, AgentClock clock, ResyncSignal resync, Action<Observation, Priority> submit, Action<HardwareReading> seen)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _never = new();
    private Task<Reading<HardwareComponents>>? _running;
    private int? _lastDigest;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Task again = resync.Next;
            Task hurry = sensor.Hurry?.Invoke() ?? _never.Task;
            await ReadAsync(cancellationToken);
            await WaitAsync(Pause(), cancellationToken, again, hurry);
            if (hurry.IsCompleted)
            {
                await WaitAsync(ShortestPause, cancellationToken); // a storm of changes is one change
            }
        }
    }

    // True when a task ended in time. The timer does not outlive the wait.
    private async Task<bool> WaitAsync(TimeSpan longest, CancellationToken cancellationToken, params Task[] tasks)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task delay = Task.Delay(longest, clock.Time, over.Token);
        Task first = await Task.WhenAny([delay, .. tasks]);
        await over.CancelAsync();
        return first != delay;
    }

    // Up to a tenth earlier, so that a fleet started together does not stay together; never later than promised (DOMAIN 4.6).
    private TimeSpan Pause() => sensor.Interval * (1 - (0.1 * Random.Shared.NextDouble()));

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        Moment begun = clock.Now();
        long started = clock.Time.GetTimestamp();
        _running ??= Task.Run(() => sensor.ReadAsync(cancellationToken), cancellationToken);
        Reading<HardwareComponents> outcome;
        if (await WaitAsync(sensor.Patience, cancellationToken, _running))
        {
            Task<Reading<HardwareComponents>> ended = _running;
            _running = null;
            outcome = await OutcomeAsync(ended);
        }
        else
        {
            outcome = Reading.Unavailable<HardwareComponents>(UnavailableReason.TimedOut, $"reading did not end within {sensor.Patience.TotalSeconds:0} s and still runs");
        }

        cancellationToken.ThrowIfCancellationRequested();
        Tell(begun, new HardwareReading(sensor.Source, outcome, clock.Time.GetElapsedTime(started), sensor.Interval));
    }

    private static async Task<Reading<HardwareComponents>> OutcomeAsync(Task<Reading<HardwareComponents>> ended)
    {
        try
        {
            return await ended;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The source's own fault ends here, once a turn: it must not stop the other sources.
            return Reading.Unavailable<HardwareComponents>(UnavailableReason.NotUnderstood, $"{error.GetType().Name}: {error.Message}");
        }
    }

    private void Tell(Moment begun, HardwareReading reading)
    {
        int digest = HardwareDigest.Of(reading);
        Priority priority = _lastDigest is null || _lastDigest == digest ? Priority.Ordinary : Priority.Urgent;
        _lastDigest = digest;
        seen(reading);
        submit(new HardwareObserved(begun, reading), priority);
    }
}
