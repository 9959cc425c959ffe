using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.FleetSimulator.Ledgers;
using HaiSoft.Testing.Networks;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Telemetry;

/// <summary>What the controller tells of itself while a fleet reports, against the ledger of what it acknowledged.</summary>
public sealed class MetricsTests
{
    private const int Agents = 12;
    private const string Reports = "haisoft_ingest_reports_total";
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_count_what_was_acknowledged_and_who_is_there()
    {
        Assert.SkipWhen(TestNetwork.WhyNot() is not null, TestNetwork.WhyNot() ?? "");
        await using var network = await TestNetwork.CreateAsync(Stop);
        var (servers, _) = await network.AddServersAsync(Stop);
        await using var _servers = servers;
        await using var controller = await ControllerProgram.StartAsync(network, Stop);
        using var health = controller.Health();
        (await health.FaultAsync(Stop)).ShouldBe("");
        await using var fleet = await FleetProgram.StartAsync(servers, controller, Agents, ["--rate", "10"], Stop);

        var during = await UntilAsync(health, "a hundred reports of all agents", m => m[Reports] >= 100 && m["haisoft_agent_streams"] == Agents);
        var told = Ledger(fleet).Count;
        var after = await UntilAsync(health, "more reports", m => m[Reports] > during[Reports]);
        told.ShouldBeLessThanOrEqualTo((int)after[Reports], "what is acknowledged is counted before");
        await fleet.EndAsync(Stop);

        var end = await UntilAsync(health, "the end of all streams, and of what they left to be written", HasEnded);
        var ledger = Ledger(fleet);
        end[Reports].ShouldBe(ledger.Count);
        end["haisoft_ingest_readings_total"].ShouldBe(ledger.Sum(entry => entry.Readings));
        end["haisoft_ingest_batch_reports_sum"].ShouldBe(ledger.Count + end["haisoft_ingest_reports_absorbed_total"]);
        end["haisoft_ingest_acks_total"].ShouldBeInRange(Agents, ledger.Count);
        end["haisoft_ingest_durable_after_seconds_count"].ShouldBeGreaterThanOrEqualTo(Agents);
        end["haisoft_agent_handshakes_total{outcome=\"accepted\"}"].ShouldBe(Agents);
        end["haisoft_store_commit_duration_seconds_count"].ShouldBeGreaterThan(during["haisoft_store_commit_duration_seconds_count"]);
        end["haisoft_store_size_bytes{part=\"database\"}"].ShouldBeGreaterThan(0);
    }

    // A stream's end is written after it ended: its work waits for the next commit.
    private static bool HasEnded(IReadOnlyDictionary<string, double> metrics) =>
        metrics["haisoft_agent_streams"] == 0 && metrics["haisoft_ingest_streams_waiting"] == 0 && metrics["haisoft_ingest_held_bytes"] == 0;

    private static List<LedgerEntry> Ledger(FleetProgram fleet) => [.. File.ReadLines(fleet.Ledger).Select(LedgerEntry.Parse).OfType<LedgerEntry>()];

    private static Task<IReadOnlyDictionary<string, double>> UntilAsync(ControllerHealth health, string what, Func<IReadOnlyDictionary<string, double>, bool> isSo) =>
        Eventually.SeeAsync(
            what,
            Soon,
            async () =>
            {
                var metrics = await health.MetricsAsync(Stop);
                return metrics.ContainsKey(Reports) && isSo(metrics) ? metrics : null;
            },
            Stop);
}
