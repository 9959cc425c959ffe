using System.Net;
using HaiSoft.Controller.Listeners;
using HaiSoft.Controller.Tests.Identity;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Telemetry;

/// <summary>Asks as a monitoring system does.</summary>
internal sealed class Probe(RunningController controller) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = new Uri($"http://127.0.0.1:{controller.Service<BoundPorts>().Of(ListenerKind.Console)}") };

    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        foreach ((string name, string value) in headers)
            request.Headers.Add(name, value);
        using HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Lets the controller's time pass until it says so.</summary>
    /// <returns>What it said, and after how long.</returns>
    public async Task<(string Text, TimeSpan After)> UntilAsync(HttpStatusCode status, TimeSpan within)
    {
        TimeSpan step = TimeSpan.FromSeconds(5);
        TimeSpan passed = TimeSpan.Zero;
        while (true)
        {
            (HttpStatusCode now, string text) = await GetAsync("/readyz");
            if (now == status)
                return (text, passed);
            passed.ShouldBeLessThan(within, text);
            controller.Time.Advance(step);
            passed += step;
            // What the timers began is done in the background: a write behind it has waited for it.
            await SettleAsync();
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task SettleAsync()
    {
        try
        {
            await controller.Service<HaiSoft.Controller.Storage.WriteGate>().WriteAsync((_, _) => Task.CompletedTask, TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or IOException)
        {
            // That is what is probed.
        }
    }
}
