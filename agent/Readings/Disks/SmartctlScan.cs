using System.Text.Json;

namespace HaiSoft.Agent.Readings.Disks;

/// <summary>A device that smartctl found.</summary>
/// <param name="Name">What to open: "/dev/sda", "/dev/bus/0".</param>
/// <param name="Type">How to talk to it: "sat", "megaraid,4".</param>
/// <param name="OpenError">Why it could not be opened; absent when it could.</param>
public sealed record ScannedDevice(string Name, string Type, string? OpenError)
{
    /// <summary>The name, with the type where the name alone does not tell the disk: "/dev/bus/0 megaraid,4".</summary>
    public string Subject => SmartctlOutput.Subject(Name, Type);
}

/// <summary>Reads what <c>smartctl --scan-open --json=c</c> prints.</summary>
// { "json_format_version": [1, 0],
//   "smartctl": { "version": [7, 4], "argv": ["smartctl", "--scan-open", "--json=c"], "exit_status": 0 },
//   "devices": [
//     { "name": "/dev/sda", "info_name": "/dev/sda [SAT]", "type": "sat", "protocol": "ATA" },
//     { "name": "/dev/bus/0", "info_name": "/dev/bus/0 [megaraid_disk_04]", "type": "megaraid,4", "protocol": "SCSI" },
//     { "name": "/dev/sdb", "type": "scsi", "open_error": "No such device" } ] }
public static class SmartctlScan
{
    /// <summary>The devices, none where the machine has none; unavailable when this is not a scan.</summary>
    public static Reading<IReadOnlyList<ScannedDevice>> Parse(ReadOnlyMemory<byte> output)
    {
        using var document = Json.Parse(output, out var problem);
        if (document is null)
            return NotUnderstood(problem);
        var root = document.RootElement;
        if (Json.Find(root, "smartctl") is not { ValueKind: JsonValueKind.Object } && Json.Find(root, "devices") is null)
            return NotUnderstood("it is not smartctl's JSON");
        var status = (SmartctlExitStatus)(Json.Integer(root, "smartctl", "exit_status") ?? 0);
        if (status.HasFlag(SmartctlExitStatus.CommandLine) && Json.Find(root, "devices") is null)
            return Reading.Unavailable<IReadOnlyList<ScannedDevice>>(
                UnavailableReason.ToolFailed,
                $"smartctl --scan-open: {SmartctlOutput.FirstMessage(root) ?? $"exit status {(int)status}"}");

        var devices = new List<ScannedDevice>();
        foreach (var entry in Json.Items(root, "devices"))
        {
            if (Json.Text(entry, "name") is not { } name || Json.Text(entry, "type") is not { } type)
                return NotUnderstood($"device {devices.Count + 1} has no name or no type");
            devices.Add(new ScannedDevice(name, type, Json.Text(entry, "open_error")));
        }

        return Reading.Measured<IReadOnlyList<ScannedDevice>>(devices);
    }

    private static Reading<IReadOnlyList<ScannedDevice>> NotUnderstood(string problem) =>
        Reading.Unavailable<IReadOnlyList<ScannedDevice>>(UnavailableReason.NotUnderstood, $"smartctl --scan-open: {problem}");
}
