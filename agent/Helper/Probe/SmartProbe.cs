using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Helper.V1;

namespace HaiSoft.Agent.Helper.Probe;

/// <summary>Asks smartctl for the disks, then for each disk's health, one after the other, without waking what sleeps (SLA 4.6).</summary>
internal sealed class SmartProbe(ToolPaths paths, ToolRunner runner, ToolLimits limits, TimeProvider time)
{
    private const string Tool = "smartctl";
    private const int MaximumDevices = 256;

    public async Task<IReadOnlyList<ToolRun>> RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var scan = await runner.RunAsync(Tool, paths.Smartctl, "", ["--scan-open", "--json=c"], cancellationToken);
        var runs = new List<ToolRun> { scan };
        long bytes = scan.Output.Length;
        foreach (var (name, type) in Devices(scan))
        {
            var subject = type.Contains(',', StringComparison.Ordinal) ? $"{name} {type}" : name;
            var run = time.GetElapsedTime(started) > limits.ProbeTime
                ? Left(subject, ToolOutcome.TimedOut)
                : await runner.RunAsync(Tool, paths.Smartctl, subject, ["--json=c", "--xall", "-n", "standby", "-d", type, name], cancellationToken);
            bytes += run.Output.Length;
            runs.Add(bytes > limits.ProbeBytes ? Left(subject, ToolOutcome.TooLarge) : run);
            bytes = Math.Min(bytes, limits.ProbeBytes + 1L);
        }

        return runs;
    }

    // A run that was not made, or whose output has no room any more.
    private static ToolRun Left(string subject, ToolOutcome outcome) =>
        new() { Tool = Tool, Subject = subject, Outcome = outcome, Duration = new Duration() };

    private static List<(string Name, string Type)> Devices(ToolRun scan)
    {
        var devices = new List<(string, string)>();
        if (scan.Output.IsEmpty)
            return devices;
        try
        {
            using var document = JsonDocument.Parse(scan.Output.Memory);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("devices", out var list)
                || list.ValueKind != JsonValueKind.Array)
                return devices;
            foreach (var device in list.EnumerateArray())
                if (devices.Count < MaximumDevices && !device.TryGetProperty("open_error", out _)
                    && Text(device, "name") is { } name && Text(device, "type") is { } type
                    && DeviceArgument.IsDevice(name) && DeviceArgument.IsType(type))
                    devices.Add((name, type));
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            // The agent reads the same output and tells what is wrong with it.
        }

        return devices;
    }

    private static string? Text(JsonElement device, string name) =>
        device.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
