using HaiSoft.Agent.Tests.Helper.Packages;
using HaiSoft.EndToEnd.Tests.Faults;
using HaiSoft.Protocol.Agent.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Running;

/// <summary>
/// <c>kill -9</c> of the helper's job, of its process for the order and of dnf, at every state of the journal: each order is started once,
/// and what is told is what is there.
/// </summary>
public sealed class KillTests
{
    private static readonly TimeSpan LongestOrder = TimeSpan.FromSeconds(8);

    [Fact]
    public Task Everyone_killed_at_each_state_of_an_order() => KillAsync(times: 1, momentCount: 0, Victim.Everyone);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Each_killed_twenty_times_at_each_state_of_an_order_and_everyone_at_random_moments() =>
        KillAsync(Count.Of(20), momentCount: Count.Of(20) * 5, Victim.Job, Victim.CarryOut, Victim.Dnf, Victim.Everyone);

    [Fact]
    public async Task After_two_repairs_that_were_killed_as_well_it_stays_unknown_and_is_left_alone()
    {
        Assert.SkipWhen(PlanBed.WhyNot() is not null, PlanBed.WhyNot() ?? "");
        await using KillBed bed = await KillBed.MakeAsync();

        KillOutcome outcome = await bed.KillRepairsAsync();

        outcome.Steps.Count(step => step.State == OrderState.Unknown).ShouldBe(3);
        outcome.End.State.ShouldBe(OrderState.Unknown);
        outcome.End.Detail.ShouldContain("could not be repaired");
        outcome.End.Outcome.Packages.ShouldHaveSingleItem().InstalledVersions.ShouldBe(outcome.Installed.Select(version => $"0:{version}-1"), ignoreOrder: true);
        await bed.Helper.RestartAsync();
        bed.Helper.Journal.All().ShouldHaveSingleItem().Entries()[^1].Step.State.ShouldBe(OrderState.Unknown);
        outcome.ShouldBeTrue("dnf killed in an order and both repairs");
    }

    private static async Task KillAsync(int times, int momentCount, params Victim[] victims)
    {
        Assert.SkipWhen(PlanBed.WhyNot() is not null, PlanBed.WhyNot() ?? "");
        Chance chance = new("kills of an order's processes");
        await using KillBed bed = await KillBed.MakeAsync();
        List<(Depth Depth, Victim Victim)> kills = [.. from depth in Enum.GetValues<Depth>() from victim in victims where IsThere(victim, depth) select (depth, victim)];
        foreach ((Depth depth, Victim victim) in chance.Shuffled(kills.SelectMany(kill => Enumerable.Repeat(kill, times))))
        {
            KillOutcome outcome = await bed.KillAsync(depth, victim);
            string what = $"{victim} killed at {depth}; {chance.Replay}";
            outcome.ShouldBeTrue(what);
            outcome.End.State.ShouldBe(EndOf(depth, victim), $"{what}\n{string.Join('\n', outcome.Steps)}");
        }

        for (int i = 0; i < momentCount; i++)
        {
            TimeSpan moment = chance.Moment(LongestOrder);
            (await bed.KillAsync(moment)).ShouldBeTrue($"Everyone killed after {moment}; {chance.Replay}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{kills.Count * times} kills at known points, {momentCount} at random moments");
    }

    private static bool IsThere(Victim victim, Depth depth) => victim switch
    {
        Victim.Job or Victim.Everyone => depth != Depth.Transacted || victim == Victim.Everyone,
        Victim.CarryOut => depth is Depth.Begun or (>= Depth.BeforeTransaction and not Depth.Transacted),
        _ => depth is >= Depth.BeforeTransaction and <= Depth.Transacted,
    };

    // Where dnf was not begun, or goes on by itself, nothing is broken off.
    private static OrderState EndOf(Depth depth, Victim victim) => (depth, victim) switch
    {
        ( <= Depth.Intent or Depth.Ended, _) or (_, Victim.Job) => OrderState.Succeeded,
        (Depth.Begun, _) => OrderState.Failed,
        (_, Victim.CarryOut) => OrderState.Succeeded,
        (Depth.BeforeTransaction or Depth.Pre, _) => OrderState.Failed,
        _ => OrderState.Reconciled,
    };
}
