using FsCheck;
using FsCheck.Fluent;
using HaiSoft.Controller.Rules.Findings;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Judging;

/// <summary>A state must hold twice, or once when it is unambiguous; detection is the first of them (SLA 4.6).</summary>
public sealed class DebouncingTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 2, 0, 0, TimeSpan.Zero);
    private static readonly Verdict Up = Verdict.Healthy("up");
    private static readonly Verdict Down = Verdict.Failed("down", "down");

    [Fact]
    public void Twice_confirms_and_the_first_is_the_detection()
    {
        ConfirmedChange change = Run(Up, Down, Down).Changes[^1];
        change.To.ShouldBe(Health.Failed);
        change.At.ShouldBe(Start + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Once_is_enough_when_it_is_unambiguous() => Run(Up, Down.AtOnce()).State.Health.ShouldBe(Health.Failed);

    [Fact]
    public void What_does_not_hold_is_nothing() => Run(Up, Down, Up, Down, Up).State.Health.ShouldBe(Health.Healthy);

    [Fact]
    public void Recovery_is_confirmed_likewise()
    {
        Run(Up, Down, Down, Up).State.Health.ShouldBe(Health.Failed);
        ConfirmedChange change = Run(Up, Down, Down, Up, Up).Changes[^1];
        change.ShouldSatisfyAllConditions(c => c.To.ShouldBe(Health.Healthy), c => c.At.ShouldBe(Start + TimeSpan.FromMinutes(3)));
    }

    [Fact]
    public void What_cannot_be_read_is_a_finding_after_fifteen_minutes_and_never_heals_a_fault()
    {
        Verdict blind = Verdict.Unknown("blind", "blind");
        Run([Up, .. Enumerable.Repeat(blind, 14)]).State.Health.ShouldBe(Health.Healthy);
        Run([Up, .. Enumerable.Repeat(blind, 15)]).State.Health.ShouldBe(Health.Unknown);
        Run([Up, Down, Down, .. Enumerable.Repeat(blind, 60)]).State.Health.ShouldBe(Health.Failed);
    }

    [Fact]
    public void A_repair_under_way_neither_ends_the_fault_nor_opens_one_that_a_clock_runs_for()
    {
        Verdict rebuilding = Verdict.Degrading("rebuilding", "rebuilds") with { Repairing = true };
        Run(Up, Down, Down, rebuilding, rebuilding, rebuilding).State.Health.ShouldBe(Health.Failed);
        Run(Up, rebuilding, rebuilding).State.Health.ShouldBe(Health.Degrading);
    }

    [Fact]
    public void A_fault_of_another_kind_is_told_and_does_not_start_anew()
    {
        ConfirmedChange change = Run(Up, Down, Down, Verdict.Failed("other", "other")).Changes[^1];
        change.From.ShouldBe(change.To);
    }

    [Fact]
    public void Every_confirmed_fault_was_observed_twice_in_a_row_or_was_unambiguous_and_changes_alternate() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            ArbMap.Default.ArbFor<byte[]>(),
            choices =>
            {
                Verdict?[] all = [Up, Down, Down.AtOnce(), Verdict.Degrading("worn", "worn"), null];
                Verdict?[] seen = [.. choices.Select(c => all[c % all.Length])];
                (Confirmation state, List<ConfirmedChange> changes) = Run(seen);
                bool alternates = changes.Zip(changes.Skip(1)).All(pair => pair.First.To == pair.Second.From);
                bool grounded = changes.All(change =>
                {
                    int at = (int)(change.At - Start).TotalMinutes;
                    Verdict?[] run = [.. seen[at..].OfType<Verdict>().TakeWhile(v => v.Health == change.To)];
                    return seen[at]?.Health == change.To && (run.Length >= 2 || run.Any(v => v!.Unambiguous) || change.From is null);
                });
                return alternates && grounded && (changes.Count == 0 ? state.Health is null : state.Health == changes[^1].To);
            }));

    private static (Confirmation State, List<ConfirmedChange> Changes) Run(params Verdict?[] verdicts)
    {
        Confirmation state = Confirmation.None;
        List<ConfirmedChange> changes = [];
        for (int minute = 0; minute < verdicts.Length; minute++)
        {
            (state, ConfirmedChange? change) = Debouncing.Observe(state, Start + TimeSpan.FromMinutes(minute), verdicts[minute]);
            if (change is not null)
                changes.Add(change);
        }

        return (state, changes);
    }
}
