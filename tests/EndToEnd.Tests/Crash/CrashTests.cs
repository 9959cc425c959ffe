using HaiSoft.EndToEnd.Tests.Faults;
using HaiSoft.FleetSimulator.Ledgers;
using HaiSoft.Testing.Databases;
using HaiSoft.Testing.Networks;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Crash;

/// <summary><c>kill -9</c> of controller, agent and database server under load: what was acknowledged is there, once (DESIGN 3, 5).</summary>
public sealed class CrashTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(4);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task Killed_at_random_moments_neither_controller_nor_agent_loses_or_doubles_what_was_acknowledged() =>
        KillAsync(onPostgres: false, Count.Of(3));

    [Fact]
    public Task Killed_at_random_moments_with_its_database_server_the_controller_loses_or_doubles_nothing_either() =>
        KillAsync(onPostgres: true, Count.Of(2));

    [Fact]
    [Trait("Category", "Soak")]
    public Task Killed_a_hundred_times_each_neither_loses_or_doubles_what_was_acknowledged() => KillAsync(onPostgres: false, Count.Of(100));

    [Fact]
    [Trait("Category", "Soak")]
    public Task Killed_a_hundred_times_each_with_its_database_server_nothing_is_lost_or_doubled() => KillAsync(onPostgres: true, Count.Of(100));

    private static async Task KillAsync(bool onPostgres, int count)
    {
        Assert.SkipWhen(TestNetwork.WhyNot() is not null, TestNetwork.WhyNot() ?? "");
        Assert.SkipWhen(onPostgres && PostgresServer.WhyNot() is not null, PostgresServer.WhyNot() ?? "");
        var chance = new Chance("kills");
        await using var bed = await CrashBed.StartAsync(chance.Seed, new BedPlaces { OnPostgres = onPostgres }, Stop);
        Victim[] victims = onPostgres ? [Victim.Controller, Victim.Agent, Victim.Store] : [Victim.Controller, Victim.Agent];

        foreach (var victim in chance.Shuffled(victims.SelectMany(victim => Enumerable.Repeat(victim, count))))
        {
            if (!chance.OneIn(3))
            {
                // Otherwise it is killed on its way up.
                await bed.Controller.ReadyAsync(Stop);
            }

            // The moment is the scenario: there is nothing to await.
            await Task.Delay(chance.Moment(LongestWait), TimeProvider.System, Stop);
            await (victim switch
            {
                Victim.Controller => bed.KillControllerAsync(Stop),
                Victim.Agent => bed.KillAgentAsync(Stop),
                _ => bed.KillStoreAsync(chance.Moment(LongestOutage), Stop),
            });
        }

        var (fleet, agent, figures) = await bed.SettleAsync(Stop);

        TestContext.Current.TestOutputHelper?.WriteLine($"fleet: {fleet}\nagent: {agent}\n{figures.ToJsonString()}");
        ShouldHold(fleet, chance);
        ShouldHold(agent, chance);
        fleet.Faults.Findings.ShouldBeGreaterThan(1);
        agent.Faults.Findings.ShouldBe(1);
        await ShouldTellDamageAsync(bed);
    }

    // A check that tells nothing of this would prove nothing either.
    private static async Task ShouldTellDamageAsync(CrashBed bed)
    {
        (await bed.CheckAsync("DELETE FROM measurement_journal", Stop)).MeasurementsLost.ShouldBeGreaterThan(0);
        (await bed.CheckWithoutOneReportAsync(Stop)).MeasurementsExtra.ShouldBe(1);
        var oneForAnother = await bed.CheckWithOneReportForAnotherAsync(Stop);
        (oneForAnother.MeasurementsLost, oneForAnother.MeasurementsExtra).ShouldBe((1, 1));
        (await bed.CheckAsync("UPDATE agent_epochs SET last_durable_sequence = last_durable_sequence - 1", Stop)).EpochsBehind.ShouldBe(CrashBed.Agents);
        (await bed.CheckAsync("UPDATE findings SET component_id = 'service:another'", Stop)).Faults.Miscounted.Count.ShouldBe(CrashBed.FlappingServers);
    }

    private static void ShouldHold(LedgerCheck check, Chance chance) => check.Holds.ShouldBeTrue($"{check}\n{chance.Replay}");

    private enum Victim
    {
        Controller,
        Agent,
        Store,
    }
}
