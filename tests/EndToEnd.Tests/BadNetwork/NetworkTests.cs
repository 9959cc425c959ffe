using HaiSoft.EndToEnd.Tests.Crash;
using HaiSoft.EndToEnd.Tests.Faults;
using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.FleetSimulator.Ledgers;
using HaiSoft.Testing.Networks;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.BadNetwork;

/// <summary>Between servers and controller everything goes wrong that a network can do: the ledger holds.</summary>
public sealed class NetworkTests
{
    private static readonly TimeSpan LongEnoughForProgress = TimeSpan.FromMinutes(1);

    // After a long time without the controller agents wait up to five minutes before they dial again.
    private static readonly TimeSpan AllBack = TimeSpan.FromMinutes(7);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task Whatever_the_network_does_nothing_acknowledged_is_lost_or_doubled() => SufferAsync(NetworkFault.All, Count.Of(TimeSpan.FromSeconds(5)));

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData(NetworkFault.Partition)]
    [InlineData(NetworkFault.Loss)]
    [InlineData(NetworkFault.Narrow)]
    [InlineData(NetworkFault.Resets)]
    [InlineData(NetworkFault.Delay)]
    public Task Half_an_hour_of_it_loses_and_doubles_nothing(string fault) => SufferAsync([NetworkFault.Named(fault)], Count.Of(TimeSpan.FromMinutes(30)));

    private static async Task SufferAsync(IEnumerable<NetworkFault> faults, TimeSpan each)
    {
        Assert.SkipWhen(Cable.WhyNot() is not null, Cable.WhyNot() ?? "");
        var chance = new Chance("network");
        await using var bed = await CrashBed.StartAsync(chance.Seed, Stop);
        await using var relay = await SlowRelay.StartAsync(bed.Network.Controller, bed.Network.ControllerAddress, 7443, NetworkFault.RelayDelay, Stop);

        foreach (var fault in chance.Shuffled(faults))
        {
            var before = Acknowledged(bed);
            await fault.BeginAsync(bed.Cable, relay.Port, Stop);
            // Its length is the scenario: there is nothing to await.
            await Task.Delay(each, TimeProvider.System, Stop);
            var meanwhile = Acknowledged(bed) - before;
            await bed.Cable.HealAsync(Stop);
            var healed = Ledger(bed).Count();
            await Eventually.SeeAsync(
                $"a report of every agent after {fault.Name}", AllBack, () => Task.FromResult(Reporting(bed, healed) == CrashBed.Agents ? "all" : null), Stop);
            TestContext.Current.TestOutputHelper?.WriteLine($"{fault.Name}: {meanwhile} reports acknowledged in {each}");
            if (fault.LetsThrough && each >= LongEnoughForProgress)
            {
                meanwhile.ShouldBeGreaterThan(0, chance.Replay);
            }
        }

        var (fleet, agent, figures) = await bed.SettleAsync(Stop);

        TestContext.Current.TestOutputHelper?.WriteLine($"fleet: {fleet}\nagent: {agent}\n{figures.ToJsonString()}");
        fleet.Holds.ShouldBeTrue($"{fleet}\n{chance.Replay}");
        agent.Holds.ShouldBeTrue($"{agent}\n{chance.Replay}");
    }

    private static int Acknowledged(CrashBed bed) => Ledger(bed).Count();

    private static int Reporting(CrashBed bed, int since) =>
        Ledger(bed).Skip(since).Select(LedgerEntry.Parse).OfType<LedgerEntry>().Select(entry => entry.Server).Distinct().Count();

    private static IEnumerable<string> Ledger(CrashBed bed) => File.Exists(bed.Fleet.Ledger) ? File.ReadLines(bed.Fleet.Ledger) : [];
}
