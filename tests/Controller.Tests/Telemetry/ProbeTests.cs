using System.Globalization;
using System.Net;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Controller.Tests.Ingest;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Telemetry;

/// <summary>What monitoring systems ask the controller for, and who may.</summary>
public abstract class ProbeTests(StoreKind kind)
{
    [Fact]
    public async Task A_controller_that_runs_is_alive_and_ready()
    {
        await using RunningController controller = RunningController.Start(kind);
        using Probe probe = new(controller);
        (await probe.GetAsync("/healthz")).ShouldBe((HttpStatusCode.OK, "alive\n"));
        (await probe.GetAsync("/readyz")).ShouldBe((HttpStatusCode.OK, "ready\n"));
    }

    [Fact]
    public async Task Metrics_are_in_Prometheus_format_and_count_what_happens()
    {
        await using RunningController controller = RunningController.Start(kind);
        using Probe probe = new(controller);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        double before = Value((await probe.GetAsync("/metrics")).Text, "haisoft_store_commit_duration_seconds_count");
        await agent.DeliverAsync(agent.Report(1, TimeSpan.Zero, Reports.Running));

        (HttpStatusCode status, string text) = await probe.GetAsync("/metrics");

        status.ShouldBe(HttpStatusCode.OK);
        foreach (string line in text.TrimEnd('\n').Split('\n'))
            line.ShouldMatch(line.StartsWith('#') ? @"^# (HELP|TYPE) [a-z_0-9]+ .+$" : SampleLine);
        text.Split('\n').Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).ShouldBeUnique();
        Value(text, "haisoft_store_commit_duration_seconds_count").ShouldBeGreaterThan(before);
        Value(text, "haisoft_store_commit_duration_seconds_bucket{le=\"+Inf\"}").ShouldBe(Value(text, "haisoft_store_commit_duration_seconds_count"));
        Value(text, "haisoft_store_size_bytes{part=\"database\"}").ShouldBeGreaterThanOrEqualTo(4096);
        Value(text, "haisoft_store_writable").ShouldBe(1);
        Value(text, "haisoft_ingest_reports_total").ShouldBe(1);
        Value(text, "haisoft_agent_handshakes_total{outcome=\"accepted\"}").ShouldBe(1);
        Value(text, "haisoft_agent_streams").ShouldBe(1);
        text.ShouldContain("kestrel_tls_handshake_duration_seconds_count{");
        text.ShouldContain("dotnet_process_memory_working_set_bytes ");
    }

    private const string SampleLine = """^[a-z_0-9]+(\{[a-z_0-9]+="([^"\\]|\\.)*"(,[a-z_0-9]+="([^"\\]|\\.)*")*\})? ([-+0-9.Ee]+|[-+]Inf|NaN)$""";

    private static double Value(string text, string sample) => double.Parse(
        text.Split('\n').Single(line => line.StartsWith(sample + " ", StringComparison.Ordinal))[(sample.Length + 1)..], CultureInfo.InvariantCulture);

    public sealed class OnSqlite() : ProbeTests(StoreKind.Sqlite)
    {
        [Theory]
        [InlineData("/healthz")]
        [InlineData("/readyz")]
        [InlineData("/metrics")]
        public async Task They_are_there_for_this_machine_on_the_consoles_port_alone(string path)
        {
            await using RunningController controller = RunningController.Start();
            using Probe probe = new(controller);
            (await probe.GetAsync(path, ("X-Forwarded-For", "203.0.113.9"))).Status.ShouldBe(HttpStatusCode.NotFound);
            (await probe.GetAsync(path)).Status.ShouldBe(HttpStatusCode.OK);
            using HttpClient technicians = new(controller.Ca.Handler()) { BaseAddress = new Uri(controller.TechniciansUrl) };
            using HttpClient agents = new(controller.Ca.Handler()) { BaseAddress = new Uri(controller.AgentsUrl) };
            (await technicians.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await agents.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    public sealed class OnPostgres() : ProbeTests(StoreKind.Postgres);
}
