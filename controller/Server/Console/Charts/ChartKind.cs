namespace HaiSoft.Controller.Console.Charts;

/// <summary>A chart of a server's page: which series it draws, and in which unit.</summary>
/// <param name="Id">In addresses and messages: "load".</param>
/// <param name="Unit">"count", "bytes", "bytes/s", "percent" or "celsius"; wwwroot/js/charts.js and <see cref="Figures"/> write them.</param>
/// <param name="Metrics">The series drawn, by metric.</param>
internal sealed record ChartKind(string Id, string Unit, IReadOnlyList<string> Metrics)
{
    /// <summary>All, in the order of the page. A server has those whose series it reports.</summary>
    public static readonly IReadOnlyList<ChartKind> All =
    [
        new("load", "count", ["load.1m", "load.5m", "load.15m"]),
        new("processor", "percent", ["cpu.busy_percent"]),
        new("memory", "bytes", ["memory.available_bytes", "memory.total_bytes", "swap.free_bytes"]),
        new("temperature", "celsius", ["disk.temperature_celsius", "sensor.temperature_celsius"]),
        new("room", "bytes", ["filesystem.available_bytes"]),
        new("traffic", "bytes/s", ["network.receive_bytes", "network.transmit_bytes"]),
        new("errors", "count", ["network.receive_errors_count", "network.transmit_errors_count"]),
    ];

    public static ChartKind? Find(string id) => All.FirstOrDefault(kind => kind.Id == id);
}
