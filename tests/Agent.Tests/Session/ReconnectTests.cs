using HaiSoft.Agent.Session;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Session;

/// <summary>How a fleet comes back (DESIGN 3).</summary>
public sealed class ReconnectTests
{
    private const int Fleet = 10_000;

    [Fact]
    public void A_fleet_that_was_cut_off_comes_back_evenly_within_forty_seconds()
    {
        double[] waits = WaitsOf(reconnect => reconnect.AfterCut());

        (waits.Min() >= 0, waits.Max() < 40).ShouldBe((true, true));
        for (int second = 0; second < 40; second++)
        {
            waits.Count(wait => (int)wait == second).ShouldBeInRange(Fleet / 40 / 2, Fleet / 40 * 2, $"in second {second}");
        }
    }

    [Fact]
    public void Failure_after_failure_the_jitter_is_full_and_grows_to_five_minutes()
    {
        double[] longest = new double[12];
        for (int seed = 0; seed < 500; seed++)
        {
            Reconnect reconnect = new(new Random(seed));
            for (int failure = 0; failure < longest.Length; failure++)
            {
                longest[failure] = Math.Max(longest[failure], reconnect.AfterFailure().TotalSeconds);
            }
        }

        double[] bounds = [5, 10, 20, 40, 80, 160, 300, 300, 300, 300, 300, 300];
        for (int failure = 0; failure < bounds.Length; failure++)
        {
            longest[failure].ShouldBeInRange(bounds[failure] * 0.95, bounds[failure], $"failure {failure + 1}");
        }
    }

    [Fact]
    public void The_controllers_hint_holds_instead_of_forty_seconds_until_it_gives_another()
    {
        WaitsOf(reconnect =>
        {
            reconnect.Connected(TimeSpan.FromSeconds(4));
            reconnect.Hint(null);
            return reconnect.AfterCut();
        }).Max().ShouldBeInRange(3.9, 4);
    }

    [Fact]
    public void Who_was_told_when_to_come_back_never_comes_sooner_and_little_later()
    {
        double[] waits = WaitsOf(reconnect => reconnect.AfterRefusal(TimeSpan.FromSeconds(60)));

        (waits.Min() >= 60, waits.Max() <= 66).ShouldBe((true, true));
    }

    private static double[] WaitsOf(Func<Reconnect, TimeSpan> wait)
    {
        Random seeds = new(20261122);
        return [.. Enumerable.Range(0, Fleet).Select(_ => wait(new Reconnect(new Random(seeds.Next()))).TotalSeconds)];
    }
}
