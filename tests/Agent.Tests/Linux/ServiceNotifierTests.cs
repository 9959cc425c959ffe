using HaiSoft.Agent.Linux;
using HaiSoft.Testing.Clock;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Linux;

/// <summary>What systemd hears of the daemon, over a real socket.</summary>
public sealed class ServiceNotifierTests
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_tells_that_it_is_ready_alive_and_ending(bool isAbstract)
    {
        using NotifySocket systemd = new(isAbstract);
        using ServiceNotifier notifier = new(systemd.Name, null);
        notifier.Ready();
        notifier.KeepAlive();
        notifier.Status("connected\nto controller.example");
        notifier.Stopping();
        (await systemd.ReadAsync()).ShouldBe("READY=1");
        (await systemd.ReadAsync()).ShouldBe("WATCHDOG=1");
        (await systemd.ReadAsync()).ShouldBe("STATUS=connected to controller.example");
        (await systemd.ReadAsync()).ShouldBe("STOPPING=1");
    }

    [Theory]
    [InlineData("60000000", 60)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public void The_watchdogs_interval_is_read_in_microseconds(string? microseconds, int? seconds)
    {
        using NotifySocket systemd = new();
        using ServiceNotifier notifier = new(systemd.Name, microseconds);
        notifier.WatchdogInterval.ShouldBe(seconds is { } value ? TimeSpan.FromSeconds(value) : null);
    }

    [Fact]
    public void Without_systemd_nothing_is_told_and_nothing_fails()
    {
        using ServiceNotifier notifier = new(null, "60000000");
        notifier.Ready();
        notifier.WatchdogInterval.ShouldBeNull();
    }

    [Fact]
    public void A_systemd_that_is_gone_is_no_reason_to_end()
    {
        NotifySocket systemd = new();
        using ServiceNotifier notifier = new(systemd.Name, null);
        systemd.Dispose();
        notifier.Ready();
        notifier.Status("still here");
    }

    [Fact]
    public async Task The_watchdog_is_fed_twice_in_its_interval_while_every_loop_turns_and_not_after()
    {
        using NotifySocket systemd = new();
        using ServiceNotifier notifier = new(systemd.Name, "60000000");
        SettableTime time = new();
        Liveness liveness = new(time);
        Liveness.Pulse pulse = liveness.Register("session", Silence);
        using Watchdog watchdog = new(notifier, liveness, time, NullLogger<Watchdog>.Instance);
        await watchdog.StartAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 4; i++)
        {
            await time.TimersArmedAsync(1, TestContext.Current.CancellationToken);
            pulse.Beat();
            time.Advance(TimeSpan.FromSeconds(15));
            pulse.Beat();
            time.Advance(TimeSpan.FromSeconds(15));
            (await systemd.ReadAsync()).ShouldBe("WATCHDOG=1");
        }

        time.Advance(TimeSpan.FromSeconds(30));
        liveness.FindSilent().ShouldBe("session");
        pulse.Beat();
        time.Advance(TimeSpan.FromSeconds(10));
        notifier.Status("read after what the watchdog said");
        (await systemd.ReadAsync()).ShouldStartWith("STATUS=");
        await watchdog.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_loop_that_ended_in_good_order_is_not_missed()
    {
        SettableTime time = new();
        Liveness liveness = new(time);
        Liveness.Pulse pulse = liveness.Register("services", Silence);
        time.Advance(Silence + TimeSpan.FromSeconds(1));
        liveness.FindSilent().ShouldBe("services");
        pulse.End();
        liveness.FindSilent().ShouldBeNull();
    }
}
