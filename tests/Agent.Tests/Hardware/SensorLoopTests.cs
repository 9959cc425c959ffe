using System.Threading.Channels;
using HaiSoft.Agent.Hardware;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Arrays;
using HaiSoft.Agent.Readings.Hardware;
using HaiSoft.Agent.Readings.Observations;
using HaiSoft.Agent.Spool;
using HaiSoft.Testing.Clock;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Hardware;

public sealed class SensorLoopTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SettableTime _time = new();
    private readonly ResyncSignal _resync = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Channel<(HardwareReading Reading, Priority Priority)> _told = Channel.CreateUnbounded<(HardwareReading, Priority)>();

    public void Dispose() => _stop.Dispose();

    private void Start(Func<Task<Reading<HardwareComponents>>> read, Func<Task>? hurry = null)
    {
        var clock = new AgentClock(_time, () => TimeSpan.FromHours(1), "boot");
        var loop = new SensorLoop(
            new Sensor(HardwareSource.Md, Minute, TimeSpan.FromSeconds(20), _ => read(), hurry),
            clock,
            _resync,
            (observation, priority) => _told.Writer.TryWrite((((HardwareObserved)observation).Reading, priority)),
            _ => { });
        _ = loop.RunAsync(_stop.Token);
    }

    private async Task<(HardwareReading Reading, Priority Priority)> NextAsync() =>
        await _told.Reader.ReadAsync(_stop.Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), _stop.Token);

    private static Reading<HardwareComponents> Array(int active) => Reading.Measured(new HardwareComponents
    {
        Arrays = [new ArrayReading { Name = "md0", Level = "raid1", RequiredCount = 2, ActiveCount = active, Activity = ArrayActivity.Idle }],
    });

    [Fact]
    public async Task It_reads_at_once_and_then_within_its_interval()
    {
        Start(() => Task.FromResult(Array(2)));
        await NextAsync();
        await _time.TimersArmedAsync(1, _stop.Token);
        _time.Advance(Minute);
        var (reading, priority) = await NextAsync();
        reading.Interval.ShouldBe(Minute);
        priority.ShouldBe(Priority.Ordinary);
        await _stop.CancelAsync();
    }

    [Fact]
    public async Task A_change_that_may_be_a_fault_is_urgent()
    {
        var active = 2;
        Start(() => Task.FromResult(Array(active)));
        (await NextAsync()).Priority.ShouldBe(Priority.Ordinary);
        active = 1;
        _resync.Raise();
        (await NextAsync()).Priority.ShouldBe(Priority.Urgent);
        await _stop.CancelAsync();
    }

    [Fact]
    public async Task A_hanging_source_is_told_at_each_turn_and_started_only_once()
    {
        var starts = 0;
        var hang = new TaskCompletionSource<Reading<HardwareComponents>>(TaskCreationOptions.RunContinuationsAsynchronously);
        Start(() =>
        {
            Interlocked.Increment(ref starts);
            return hang.Task;
        });
        for (var turn = 0; turn < 3; turn++)
        {
            await _time.TimersArmedAsync(1, _stop.Token);
            while (!_told.Reader.TryPeek(out _))
            {
                _time.Advance(TimeSpan.FromSeconds(5));
                await Task.Delay(1, _stop.Token);
            }

            (await NextAsync()).Reading.Outcome.ShouldBeOfType<Unavailable<HardwareComponents>>().Why.Reason.ShouldBe(UnavailableReason.TimedOut);
        }

        starts.ShouldBe(1);
        hang.SetResult(Array(2));
        while (true)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(1, _stop.Token);
            if (_told.Reader.TryRead(out var told) && told.Reading.Outcome is Measured<HardwareComponents>)
                break;
        }

        await _stop.CancelAsync();
    }

    [Fact]
    public async Task A_source_that_throws_is_not_understood_and_goes_on()
    {
        var turns = 0;
        Start(() => turns++ == 0 ? throw new InvalidCastException("why") : Task.FromResult(Array(2)));
        (await NextAsync()).Reading.Outcome.ShouldBeOfType<Unavailable<HardwareComponents>>().Why.Detail.ShouldContain("why");
        _resync.Raise();
        (await NextAsync()).Reading.Outcome.ShouldBeOfType<Measured<HardwareComponents>>();
        await _stop.CancelAsync();
    }

    [Fact]
    public async Task A_hint_from_the_kernel_makes_it_read_soon()
    {
        var hint = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource();
        var asked = 0;
        Start(() => Task.FromResult(Array(2)), () => asked++ == 0 ? hint.Task : never.Task);
        await NextAsync();
        await _time.TimersArmedAsync(1, _stop.Token);
        hint.SetResult();
        var waited = TimeSpan.Zero;
        for (; !_told.Reader.TryPeek(out _); waited += TimeSpan.FromMilliseconds(100))
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(5, _stop.Token);
        }

        waited.ShouldBeLessThan(TimeSpan.FromSeconds(45), "the interval is a minute");
        await _stop.CancelAsync();
    }
}
