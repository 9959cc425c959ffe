using System.Globalization;
using System.Net;
using HaiSoft.Testing.Networks;

namespace HaiSoft.EndToEnd.Tests.Programs;

/// <summary>Asks a controller how it is, as a monitoring system beside it does.</summary>
internal sealed class ControllerHealth : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client;

    public ControllerHealth(NetworkNamespace network, Uri console) => _client = new HttpClient(network.HttpHandler()) { BaseAddress = console, Timeout = Patience };

    /// <summary>What <c>/readyz</c> says: empty when the controller is ready, otherwise why it is not.</summary>
    public async Task<string> FaultAsync(CancellationToken cancellationToken)
    {
        using var answer = await _client.GetAsync("readyz", cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK ? "" : await answer.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>All samples of <c>/metrics</c> by name and labels, as they are written there.</summary>
    public async Task<IReadOnlyDictionary<string, double>> MetricsAsync(CancellationToken cancellationToken) =>
        (await _client.GetStringAsync("metrics", cancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => (Line: line, End: line.LastIndexOf(' ')))
            .ToDictionary(sample => sample.Line[..sample.End], sample => double.Parse(sample.Line[(sample.End + 1)..], CultureInfo.InvariantCulture));

    public void Dispose() => _client.Dispose();
}
