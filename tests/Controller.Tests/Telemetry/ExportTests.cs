using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Telemetry;
using HaiSoft.Controller.Tests.Console;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Telemetry;

/// <summary>Metrics and logs to a collector, logs as objects, and options that do not hold.</summary>
public sealed class ExportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_and_logs_reach_a_collector()
    {
        Channel<(string Path, string Body)> received = Channel.CreateUnbounded<(string, string)>();
        await using WebApplication collector = await CollectAsync(received.Writer);
        using ConsoleHost host = new(StoreKind.Sqlite, new()
        {
            ["Controller:Telemetry:OtlpEndpoint"] = collector.Urls.Single(),
            ["Controller:Telemetry:OtlpInterval"] = "00:00:01",
        });
        _ = host.Address;
        HashSet<string> missing = ["/v1/metrics haisoft.store.commit.duration", "/v1/metrics dotnet.gc", "/v1/logs haisoft-controller"];
        while (missing.Count > 0)
        {
            (string path, string body) = await received.Reader.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);
            missing.RemoveWhere(wanted => wanted.Split(' ') is [var where, var what] && path == where && body.Contains(what, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Logs_are_objects_when_that_is_asked_for()
    {
        using ScratchFolder folder = new();
        await using RunningProgram program = RunningProgram.Start(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "haisoft-controller.dll"), $"--Controller:DataFolder={folder.Path}",
                "--Controller:AgentsEndpoint=127.0.0.1:0", "--Controller:TechniciansEndpoint=127.0.0.1:0",
                "--Controller:ConsoleEndpoint=http://127.0.0.1:0", "--Controller:Telemetry:LogFormat=json",
            ]);
        await program.LineWithAsync("Application started", TimeSpan.FromSeconds(60), Token);
        string line = program.Lines.First(l => l.Contains("applied 0001_core", StringComparison.Ordinal));
        using JsonDocument entry = JsonDocument.Parse(line);
        entry.RootElement.GetProperty("EventId").GetInt32().ShouldBe(1001);
        entry.RootElement.GetProperty("LogLevel").GetString().ShouldBe("Information");
        entry.RootElement.GetProperty("State").GetProperty("Migration").GetString().ShouldBe("0001_core");
        entry.RootElement.GetProperty("Timestamp").GetString()!.ShouldEndWith("Z");
    }

    [Fact]
    public void Every_option_that_does_not_hold_is_told_with_what_to_write()
    {
        TelemetryOptions options = new()
        {
            AllowedFrom = "127.0.0.0/8, somewhere",
            OtlpEndpoint = "collector:4318",
            OtlpProtocol = "smoke",
            OtlpInterval = TimeSpan.Zero,
            LogFormat = "xml",
        };
        string[] faults = [.. options.Faults()];
        faults.Length.ShouldBe(5);
        faults[0].ShouldContain("'somewhere': write networks like 10.0.0.0/8");
        new TelemetryOptions().Faults().ShouldBeEmpty();
    }

    private static async Task<WebApplication> CollectAsync(ChannelWriter<(string Path, string Body)> received)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/{**path}", async (HttpContext context) =>
        {
            using MemoryStream body = new();
            await context.Request.Body.CopyToAsync(body);
            received.TryWrite((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        });
        await collector.StartAsync(Token);
        return collector;
    }
}
