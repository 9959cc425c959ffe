using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Observations;
using HaiSoft.Agent.Spool;
using HaiSoft.Testing.Clock;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Spool;

/// <summary>When trouble of the disk is told, and when its end.</summary>
public sealed class SpoolHealthTests : IDisposable
{
    private readonly SettableTime _time = new();
    private readonly List<bool> _told = [];
    private readonly SpoolHealth _health;

    public SpoolHealthTests()
    {
        AgentClock clock = new(_time, () => TimeSpan.Zero, "boot");
        AgentFaults faults = new(clock, (observation, _) => _told.Add(((AgentFaultObserved)observation).Failing));
        _health = new SpoolHealth(new SpoolOptions(), _time, faults, () => { });
    }

    public void Dispose() => _health.Dispose();

    [Fact]
    public void The_first_good_write_after_the_start_is_told_once()
    {
        Write(0.01);
        Write(0.01);
        _told.ShouldBe([false]);
    }

    [Fact]
    public void A_write_that_takes_three_seconds_is_told_of_by_nobody()
    {
        Write(0.01);
        Write(3);
        _told.ShouldBe([false]);
    }

    [Fact]
    public void A_write_that_takes_six_is_a_fault_that_ends_with_a_good_write_half_a_minute_later()
    {
        Write(0.01);
        Write(6);
        _told.ShouldBe([false, true]);
        Wait(20);
        Write(0.01);
        _told.ShouldBe([false, true]);
        Wait(20);
        Write(0.01);
        _told.ShouldBe([false, true, false]);
    }

    [Fact]
    public void A_disk_that_fails_again_and_again_is_one_fault()
    {
        Write(0.01);
        for (var i = 0; i < 20; i++)
        {
            _health.Begin();
            _health.Fail(new IOException("Input/output error"));
            Wait(5);
            Write(0.01);
            Wait(5);
        }

        _told.ShouldBe([false, true]);
    }

    [Fact]
    public void A_turn_that_wrote_nothing_ends_no_fault()
    {
        _health.Begin();
        _health.Fail(new IOException("Input/output error"));
        Wait(60);
        _health.Begin();
        _health.End(wrote: false);
        _told.ShouldBe([true]);
        Write(0.01);
        _told.ShouldBe([true, false]);
    }

    [Fact]
    public void Records_that_wait_for_the_same_write_count_as_one_stall()
    {
        _health.Begin();
        for (var i = 0; i < 10; i++)
        {
            _health.Stall();
        }

        _told.ShouldBeEmpty();
    }

    private void Write(double seconds)
    {
        _health.Begin();
        Wait(seconds);
        _health.End(wrote: true);
    }

    private void Wait(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
