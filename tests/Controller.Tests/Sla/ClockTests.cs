using FsCheck;
using FsCheck.Fluent;
using HaiSoft.Controller.Rules.Sla;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Sla;

/// <summary>The two monitoring clocks (SLA 4.1, 4.2, 4.6).</summary>
public sealed class ClockTests
{
    private static readonly HashSet<SlaPromise> Both = [SlaPromise.Intervention, SlaPromise.Replacement];
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    [Theory]
    // Detected at 00:30 Paris; at 03:00 the clocks go back to 02:00, so the wall shows 03:30 when four hours are over.
    [InlineData("2026-10-25T00:30:00", "03:30")]
    [InlineData("2027-10-31T00:30:00", "03:30")]
    // Detected at 00:30 Paris; at 02:00 the clocks go forward to 03:00, so the wall shows 05:30.
    [InlineData("2026-03-29T00:30:00", "05:30")]
    [InlineData("2027-03-28T00:30:00", "05:30")]
    public void Replacement_is_due_four_real_hours_after_detection_across_both_clock_changes(string parisWall, string dueOnTheWall)
    {
        DateTime wall = DateTime.Parse(parisWall, System.Globalization.CultureInfo.InvariantCulture);
        DateTimeOffset detected = new(wall, Paris.GetUtcOffset(wall));

        SlaClock clock = Clocks(detected, detected, At(TimelineEventKind.Detected, detected)).Single(c => c.Promise == SlaPromise.Replacement);

        (clock.DueAt.UtcDateTime - detected.UtcDateTime).ShouldBe(TimeSpan.FromHours(4));
        TimeZoneInfo.ConvertTime(clock.DueAt, Paris).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(dueOnTheWall);
    }

    [Theory]
    [InlineData(3599, SlaClockState.Running)]
    [InlineData(3600, SlaClockState.Running)]
    [InlineData(3601, SlaClockState.Breached)]
    public void The_intervention_clock_breaches_after_one_hour_to_the_second(int seconds, SlaClockState state) =>
        Clocks(T(0) + TimeSpan.FromSeconds(seconds), T(0), At(TimelineEventKind.Detected, T(0)))[0].State.ShouldBe(state);

    [Fact]
    public void Beginning_the_intervention_stops_the_first_clock_only()
    {
        IReadOnlyList<SlaClock> clocks = Clocks(
            T(120), T(0), At(TimelineEventKind.Detected, T(0)), At(TimelineEventKind.Acknowledged, T(5)), At(TimelineEventKind.InterventionBegan, T(59)));
        clocks[0].ShouldBe(new SlaClock(SlaPromise.Intervention, SlaClockState.Met, T(0), T(60), T(59)));
        clocks[1].ShouldBe(new SlaClock(SlaPromise.Replacement, SlaClockState.Running, T(0), T(240), null));
    }

    [Fact]
    public void Whichever_evidence_of_the_replacement_is_first_stops_the_second_clock()
    {
        SlaClock Replacement(params TimelineEvent[] events) =>
            Clocks(T(300), T(0), [At(TimelineEventKind.Detected, T(0)), .. events]).Single(c => c.Promise == SlaPromise.Replacement);
        Replacement(At(TimelineEventKind.ReplacementRecorded, T(230)), At(TimelineEventKind.NewPartSeen, T(220))).StoppedAt.ShouldBe(T(220));
        Replacement(At(TimelineEventKind.ReplacementRecorded, T(210)), At(TimelineEventKind.NewPartSeen, T(220))).StoppedAt.ShouldBe(T(210));
        Replacement(At(TimelineEventKind.ReplacementRecorded, T(241))).State.ShouldBe(SlaClockState.Breached);
    }

    [Fact]
    public void Recovery_and_acknowledgement_stop_nothing() =>
        Clocks(T(61), T(0), At(TimelineEventKind.Detected, T(0)), At(TimelineEventKind.Acknowledged, T(1)), At(TimelineEventKind.Recovered, T(2)))
            .ShouldAllBe(c => c.Runs);

    [Fact]
    public void The_earliest_detection_counts_and_nothing_runs_before_one()
    {
        Clocks(T(10), T(0), At(TimelineEventKind.Opened, T(0))).ShouldBeEmpty();
        Clocks(T(10), T(0), At(TimelineEventKind.Detected, T(5)), At(TimelineEventKind.Detected, T(3)))[0].StartedAt.ShouldBe(T(3));
    }

    [Fact]
    public void Due_times_never_move_when_unrelated_events_are_added() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            ArbMap.Default.ArbFor<int[]>(),
            minutes =>
            {
                TimelineEvent[] unrelated = [.. minutes.Select(m => At(TimelineEventKind.FindingChanged, T(m % 500)))];
                IReadOnlyList<SlaClock> alone = Clocks(T(600), T(0), At(TimelineEventKind.Detected, T(0)));
                return Clocks(T(600), T(0), [.. unrelated, At(TimelineEventKind.Detected, T(0)), .. unrelated]).SequenceEqual(alone);
            }));

    private static IReadOnlyList<SlaClock> Clocks(DateTimeOffset now, DateTimeOffset detected, params TimelineEvent[] events) =>
        SlaClocks.At(SlaTerms.All, Both, events, now >= detected ? now : detected);

    private static TimelineEvent At(TimelineEventKind kind, DateTimeOffset at) => new(kind, at);

    private static DateTimeOffset T(int minutes) => new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero).AddMinutes(minutes);
}
