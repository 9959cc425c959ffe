using HaiSoft.EndToEnd.Tests.Faults;
using HaiSoft.FleetSimulator.Ledgers;
using HaiSoft.Testing.Networks;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Crash;

/// <summary><c>kill -9</c> of controller and agent under load: what was acknowledged is there, once (DESIGN 3, 5).</summary>
public sealed class CrashTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task Killed_at_random_moments_neither_controller_nor_agent_loses_or_doubles_what_was_acknowledged() => KillAsync(Count.Of(3));

    [Fact]
    [Trait("Category", "Soak")]
    public Task Killed_a_hundred_times_each_neither_loses_or_doubles_what_was_acknowledged() => KillAsync(Count.Of(100));

    private static async Task KillAsync(int count)
    {
        Assert.SkipWhen(TestNetwork.WhyNot() is not null, TestNetwork.WhyNot() ?? "");
        var chance = new Chance("kills");
        await using var bed = await CrashBed.StartAsync(chance.Seed, Stop);

        foreach (var controller in chance.Shuffled(Enumerable.Repeat(true, count).Concat(Enumerable.Repeat(false, count))))
        {
            if (!chance.OneIn(3))
            {
                // Otherwise it is killed on its way up.
                await bed.Controller.ReadyAsync(Stop);
            }

            // The moment is the scenario: there is nothing to await.
            await Task.Delay(chance.Moment(LongestWait), TimeProvider.System, Stop);
            await (controller ? bed.KillControllerAsync(Stop) : bed.KillAgentAsync(Stop));
        }

        var (fleet, agent, figures) = await bed.SettleAsync(Stop);

        TestContext.Current.TestOutputHelper?.WriteLine($"fleet: {fleet}\nagent: {agent}\n{figures.ToJsonString()}");
        ShouldHold(fleet, chance);
        ShouldHold(agent, chance);
        fleet.Faults.Findings.ShouldBeGreaterThan(1);
        agent.Faults.Findings.ShouldBe(1);
        ShouldTellDamage(bed);
    }

    // A check that tells nothing of this would prove nothing either.
    private static void ShouldTellDamage(CrashBed bed)
    {
        bed.Check("DELETE FROM measurement_journal").MeasurementsLost.ShouldBeGreaterThan(0);
        bed.CheckWithoutOneReport().MeasurementsExtra.ShouldBe(1);
        bed.Check("UPDATE agent_epochs SET last_durable_sequence = last_durable_sequence - 1").EpochsBehind.ShouldBe(CrashBed.Agents);
        bed.Check("UPDATE findings SET component_id = 'service:another'").Faults.Miscounted.Count.ShouldBe(CrashBed.FlappingServers);
    }

    private static void ShouldHold(LedgerCheck check, Chance chance) => check.Holds.ShouldBeTrue($"{check}\n{chance.Replay}");
}
