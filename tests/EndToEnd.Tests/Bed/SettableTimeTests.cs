using HaiSoft.Testing.Clock;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Bed;

public sealed class SettableTimeTests
{
    private readonly SettableTime _time = new();

    [Fact]
    public async Task A_delay_ends_when_its_time_has_come_and_not_before()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(5), _time, TestContext.Current.CancellationToken);

        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        delay.IsCompleted.ShouldBeFalse();

        _time.Advance(TimeSpan.FromTicks(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Timers_fire_in_the_order_in_which_they_are_due_and_see_their_own_instant()
    {
        var start = _time.GetUtcNow();
        var fired = new List<(string Name, TimeSpan After)>();
        using var late = Timer("late", TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan, fired, start);
        using var every = Timer("every 2 s", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2), fired, start);

        _time.Advance(TimeSpan.FromSeconds(5));

        fired.ShouldBe([("every 2 s", TimeSpan.FromSeconds(2)), ("late", TimeSpan.FromSeconds(3)), ("every 2 s", TimeSpan.FromSeconds(4))]);
    }

    [Fact]
    public void A_step_of_the_wall_clock_moves_no_timer_and_no_timestamp()
    {
        var fired = new List<(string Name, TimeSpan After)>();
        using var timer = Timer("timer", TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan, fired, _time.GetUtcNow());
        var stamp = _time.GetTimestamp();
        var before = _time.GetUtcNow();

        _time.StepWallClock(TimeSpan.FromDays(-1));

        fired.ShouldBeEmpty();
        _time.GetElapsedTime(stamp).ShouldBe(TimeSpan.Zero);
        _time.GetUtcNow().ShouldBe(before - TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task A_test_can_wait_until_the_code_under_test_waits()
    {
        var armed = _time.TimersArmedAsync(1, TestContext.Current.CancellationToken);
        armed.IsCompleted.ShouldBeFalse();

        var waiting = Task.Delay(TimeSpan.FromHours(1), _time, TestContext.Current.CancellationToken);
        await armed;
        _time.Advance(TimeSpan.FromHours(1));

        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        _time.ArmedTimers.ShouldBe(0);
    }

    private ITimer Timer(string name, TimeSpan due, TimeSpan period, List<(string Name, TimeSpan After)> fired, DateTimeOffset start) =>
        _time.CreateTimer(_ => fired.Add((name, _time.GetUtcNow() - start)), null, due, period);
}
