using System.Globalization;
using System.Text.Json.Nodes;
using HaiSoft.EndToEnd.Tests.Faults;
using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.FleetSimulator.Ledgers;
using HaiSoft.Testing.Networks;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Hostile;

/// <summary>Malformed and hostile frames against the real controller, healthy agents beside them: these must hardly notice.</summary>
[Collection(Alone.Name)]
public sealed class HostileTests
{
    private const int Healthy = 20;
    private const int Hostile = 4;
    private const double MostGrowthMebibytes = 50;

    // Controller:IdleConnections, and four of each agent besides.
    private const int MostIdle = 200 + (4 * Hostile);

    // Below this a latency is the machine's noise.
    private const double NoiseMilliseconds = 50;
    private static readonly string[] Load = ["--rate", "20"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task Hundreds_of_hostile_frames_neither_crash_nor_slow_nor_grow_the_controller() =>
        AttackAsync(Count.Of(500), idle: 400, TimeSpan.FromSeconds(10), latency: "ackP50Milliseconds");

    [Fact]
    [Trait("Category", "Soak")]
    public Task Ten_thousand_hostile_frames_and_five_thousand_idle_connections_neither_crash_nor_slow_nor_grow_it() =>
        AttackAsync(Count.Of(10_000), idle: 5_000, TimeSpan.FromSeconds(60), latency: "ackP99Milliseconds");

    // Of the thousand acknowledgements of a short run the slowest ten are what else the machine did: its median is judged.
    private static async Task AttackAsync(int frames, int idle, TimeSpan baseline, string latency)
    {
        Assert.SkipWhen(TestNetwork.WhyNot() is not null, TestNetwork.WhyNot() ?? "");
        var chance = new Chance("hostile");
        await using var network = await TestNetwork.CreateAsync(Stop);
        var (servers, _) = await network.AddServersAsync(Stop);
        await using var _servers = servers;
        await using var controller = await ControllerProgram.StartAsync(network, Stop);
        using var health = controller.Health();
        await using var fleet = await FleetProgram.EnrolAsync(servers, controller, Healthy + Hostile, Stop);

        await ReportAsync(fleet, baseline / 2); // until everything is compiled and its pools are filled
        var before = await ReportAsync(fleet, baseline);
        var memory = ResidentMemory.Of(controller.Process);
        await fleet.LaunchAsync(Healthy, Load);
        var done = await fleet.AttackAsync(
            ["--first", Text(Healthy + 1), "--agents", Text(Hostile), "--frames", Text(frames), "--idle", Text(idle), "--seed", Text(chance.Seed), "--pace", "10"], Stop);
        var during = await fleet.EndAsync(Stop);
        var grown = ResidentMemory.Of(controller.Process) - memory;
        var heap = (await health.MetricsAsync(Stop)).Where(sample => sample.Key.StartsWith("dotnet_gc_last", StringComparison.Ordinal)).Select(sample => $"{sample.Key} {sample.Value / 1048576:0.0}");

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{done.ToJsonString()}\n{before.ToJsonString()}\n{latency}: {Slow(before):0.0} before, {Slow(during):0.0} meanwhile; memory {memory:0} MiB before, {grown:0} MiB more after\n"
            + $"{string.Join('\n', heap)}\n{during.ToJsonString()}");
        done["frames"]!.GetValue<int>().ShouldBeGreaterThanOrEqualTo(frames, chance.Replay);
        done["idle"]!.GetValue<int>().ShouldBe(idle, chance.Replay);
        done["idleLeft"]!.GetValue<int>().ShouldBeLessThanOrEqualTo(MostIdle, chance.Replay);
        controller.Exited.IsCompleted.ShouldBeFalse(chance.Replay);
        (await health.FaultAsync(Stop)).ShouldBe("", chance.Replay);
        Unhandled(controller.Log).ShouldBeEmpty(chance.Replay);
        Slow(during).ShouldBeLessThanOrEqualTo(Math.Max(2 * Slow(before), NoiseMilliseconds), chance.Replay);
        grown.ShouldBeLessThan(MostGrowthMebibytes, chance.Replay);
        during["errors"]!.AsObject().ShouldBeEmpty(chance.Replay);
        using var held = LedgerDatabase.InFolder(controller.DataFolder);
        var ledger = LedgerCheck.Of(fleet.Ledger, held);
        ledger.Holds.ShouldBeTrue($"{ledger}\n{chance.Replay}");

        double Slow(JsonNode figures) => figures[latency]!.GetValue<double>();
    }

    private static async Task<JsonNode> ReportAsync(FleetProgram fleet, TimeSpan length)
    {
        await fleet.LaunchAsync(Healthy, Load);
        // Its length is the scenario: there is nothing to await.
        await Task.Delay(length, TimeProvider.System, Stop);
        return await fleet.EndAsync(Stop);
    }

    // What only a fault of the program writes, with some lines that follow.
    private static string Unhandled(string log)
    {
        var at = log.IndexOf("nhandled exception", StringComparison.Ordinal);
        return at < 0 ? "" : log[at..Math.Min(log.Length, at + 4000)];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
