using HaiSoft.Controller.Findings;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Findings;

/// <summary>What two readings of a server's clock show.</summary>
public sealed class ClockReadingTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_clock_that_gained_on_the_time_since_boot_was_set()
    {
        ClockReading forward = Reading(minutes: 30, offsetSeconds: -3600).After(Reading(minutes: 0, offsetSeconds: 0));
        ClockReading back = Reading(minutes: 30, offsetSeconds: 90).After(Reading(minutes: 0, offsetSeconds: 0));

        (forward.Step, back.Step).ShouldBe((TimeSpan.FromHours(1), TimeSpan.FromSeconds(-90)));
        ClockWords.OfStep(forward.Step!.Value).ShouldBe("set forward by 1 h 0 min");
        ClockWords.OfStep(back.Step!.Value).ShouldBe("set back by 1 min 30 s");
    }

    [Fact]
    public void A_clock_whose_offset_changes_with_the_rate_of_both_its_clocks_drifts()
    {
        // 100 millionths fast: within a day the wall clock and the time since boot gain 8.64 s alike.
        ClockReading before = Reading(minutes: 0, offsetSeconds: 0);
        ClockReading after = new(
            Start.AddDays(1), "boot", before.Uptime + TimeSpan.FromDays(1) + TimeSpan.FromSeconds(8.64), TimeSpan.FromSeconds(-8.64));

        ClockReading shown = after.After(before);

        (shown.Step, Math.Round(shown.DriftPpm!.Value, 3)).ShouldBe((null, 100));
        ClockWords.Describe(shown).ShouldBe("8.6 s ahead, gains 8.6 s a day (measured 2026-11-23 12:00:00.0Z)");
    }

    [Fact]
    public void Another_boot_shows_neither_step_nor_drift()
    {
        ClockReading after = (Reading(minutes: 120, offsetSeconds: -3600) with { BootId = "next" }).After(Reading(minutes: 0, offsetSeconds: 0));

        (after.Step, after.DriftPpm).ShouldBe((null, null));
    }

    [Fact]
    public void Only_what_says_something_new_is_kept()
    {
        ClockReading before = Reading(minutes: 0, offsetSeconds: 0);

        Reading(minutes: 30, offsetSeconds: 0.1).IsNews(before).ShouldBeFalse();
        Reading(minutes: 30, offsetSeconds: 0.3).IsNews(before).ShouldBeTrue();
        Reading(minutes: 24 * 60, offsetSeconds: 0).IsNews(before).ShouldBeTrue();
        before.IsNews(null).ShouldBeTrue();
    }

    [Fact]
    public void A_detection_is_explained_with_the_three_times_apart()
    {
        ClockReading clock = Reading(minutes: 0, offsetSeconds: -185);

        ClockWords.Explain(Start.AddMinutes(5), clock, Start.AddMinutes(5).AddSeconds(1), "lies in the future; bounded by the time of receipt").ShouldBe(
            "Detected 2026-11-22 12:05:00.0Z: observed by the agent at 2026-11-22 12:08:05.0Z by its clock, which was 3 min 5 s ahead "
            + "(measured 2026-11-22 12:00:00.0Z); received and judged by 2026-11-22 12:05:01.0Z; lies in the future; bounded by the time of receipt");
    }

    private static ClockReading Reading(double minutes, double offsetSeconds) =>
        new(Start.AddMinutes(minutes), "boot", TimeSpan.FromHours(5) + TimeSpan.FromMinutes(minutes), TimeSpan.FromSeconds(offsetSeconds));
}
