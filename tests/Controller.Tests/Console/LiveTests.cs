using System.Diagnostics;
using System.Net;
using HaiSoft.Controller.Incidents;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Console;

public sealed class LiveTests : IAsyncLifetime
{
    private readonly ConsoleHost _host = new();
    private Visitor _alice = null!;

    public async ValueTask InitializeAsync() => _alice = await _host.TechnicianAsync();

    [Fact]
    public async Task A_change_reaches_an_open_page_in_less_than_a_second()
    {
        var scene = new Scene(_host);
        await scene.RecordsAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var response = await _alice.Client.GetAsync("/live", HttpCompletionOption.ResponseHeadersRead, limit.Token);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));
        await FindAsync(lines, "event: now", limit.Token);

        var number = await scene.IncidentAsync("web-01", IncidentKind.Service, "mariadb.service is down", TimeSpan.FromMinutes(1), "failed");
        var watch = Stopwatch.StartNew();
        await FindAsync(lines, "event: incident", limit.Token);

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        (await lines.ReadLineAsync(limit.Token)).ShouldNotBeNull().ShouldContain($"\"number\":{number}");
    }

    [Fact]
    public async Task A_stranger_hears_nothing()
    {
        using var stranger = _host.Visitor();

        (await stranger.GetAsync("/live")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    public ValueTask DisposeAsync()
    {
        _alice.Dispose();
        return _host.DisposeAsync();
    }

    private static async Task FindAsync(StreamReader lines, string wanted, CancellationToken cancellationToken)
    {
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line == wanted)
                return;
        }

        throw new InvalidOperationException($"The stream ended before '{wanted}'.");
    }
}
