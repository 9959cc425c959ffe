using System.Text.Json;

namespace HaiSoft.Agent.Readings.Disks;

/// <summary>
/// Reads what <c>smartctl --json=c --xall -n standby DEVICE</c> prints: any disk, any outcome. There is always a reading; what
/// cannot be understood is a disk that could not be read.
/// </summary>
// { "json_format_version": [1, 0],
//   "smartctl": { "version": [7, 4], "exit_status": 4,
//                 "messages": [{ "string": "Read SMART Self-test Log failed: Invalid argument", "severity": "error" }] },
//   "device": { "name": "/dev/sda", "info_name": "/dev/sda [SAT]", "type": "sat", "protocol": "ATA" },
//   "model_name": "ACME Spinner 4T", "serial_number": "A1B2C3", "firmware_version": "01.01A01",
//   "wwn": { "naa": 5, "oui": 1193046, "id": 19088743 },
//   "user_capacity": { "blocks": 7814037168, "bytes": 4000787030016 }, "rotation_rate": 7200,
//   "smart_support": { "available": true, "enabled": true }, "smart_status": { "passed": true },
//   "temperature": { "current": 31 }, "power_on_time": { "hours": 21034 }, ... }
public static class SmartctlOutput
{
    /// <summary>The disk that the output tells of; the output itself says which device was asked.</summary>
    public static DiskReading Parse(ReadOnlyMemory<byte> output) => Parse(output, device: null);

    /// <summary>The disk that the output tells of.</summary>
    /// <param name="output">What smartctl printed.</param>
    /// <param name="device">The device that was asked; null to take it from the output.</param>
    public static DiskReading Parse(ReadOnlyMemory<byte> output, string? device)
    {
        using var document = Json.Parse(output, out var problem);
        if (document is null)
            return Unreadable(device, UnavailableReason.NotUnderstood, $"smartctl: {problem}");
        var root = document.RootElement;
        if (Json.Find(root, "smartctl", "exit_status") is null && Json.Find(root, "device") is null)
            return Unreadable(device, UnavailableReason.NotUnderstood, "smartctl: it is not smartctl's JSON");
        return Health(Identify(root, device), root);
    }

    /// <summary>A device's name, with its type where the name alone does not tell the disk.</summary>
    public static string Subject(string name, string? type) => type?.Contains(',', StringComparison.Ordinal) == true ? $"{name} {type}" : name;

    internal static string? FirstMessage(JsonElement root)
    {
        foreach (var message in Json.Items(root, "smartctl", "messages"))
            if (Json.Text(message, "severity") == "error" && Json.Text(message, "string") is { } text)
                return text;
        return null;
    }

    private static DiskReading Identify(JsonElement root, string? device) => new()
    {
        Device = device ?? Subject(Json.Text(root, "device", "name") ?? "unknown", Json.Text(root, "device", "type")),
        Protocol = Json.Text(root, "device", "protocol") switch
        {
            "ATA" => DiskProtocol.Ata,
            "SCSI" => DiskProtocol.Scsi,
            "NVMe" => DiskProtocol.Nvme,
            _ => DiskProtocol.Unknown,
        },
        Model = Json.Text(root, "model_name") ?? Json.Text(root, "scsi_model_name"),
        Serial = Json.Text(root, "serial_number"),
        Firmware = Json.Text(root, "firmware_version") ?? Json.Text(root, "scsi_revision"),
        Wwn = WorldWideName.Of(root),
        CapacityBytes = (Json.Count(root, "user_capacity", "bytes") ?? Json.Count(root, "nvme_total_capacity")) is > 0 and var bytes ? bytes : null,
        RotationRpm = Json.Integer(root, "rotation_rate") is >= 0 and var rpm ? rpm : null,
    };

    private static DiskReading Health(DiskReading disk, JsonElement root)
    {
        if (SmartctlSleep.Sleeps(root))
            return disk with { Asleep = true };
        var status = (SmartctlExitStatus)(Json.Integer(root, "smartctl", "exit_status") ?? 0);
        if ((status & (SmartctlExitStatus.CommandLine | SmartctlExitStatus.NotOpened)) != SmartctlExitStatus.None)
            return disk with { Unreadable = new(UnavailableReason.ToolFailed, $"smartctl: {FirstMessage(root) ?? "it tells no reason"} (exit status {(int)status})") };
        if (!AtaAttributes.TryRead(root, out var attributes, out var problem))
            return disk with { Unreadable = new(UnavailableReason.NotUnderstood, $"smartctl: {problem}") };

        var health = new DiskHealth
        {
            SmartPassed = Json.Flag(root, "smart_status", "passed") ?? (status.HasFlag(SmartctlExitStatus.DiskFailing) ? false : null),
            TemperatureCelsius = Json.Number(root, "temperature", "current"),
            PowerOnHours = Json.Count(root, "power_on_time", "hours"),
            SelfTest = SmartctlSelfTest.Last(root),
            ErrorLogCount = ErrorLogCount(root),
            Nvme = SmartctlNvme.Read(root),
            AtaAttributes = attributes,
            Scsi = SmartctlScsi.Read(root, disk.Protocol),
        };
        return health.TellsNothing && !GivesNoSmart(root)
            ? disk with { Unreadable = new(UnavailableReason.NotUnderstood, $"smartctl: no health data in its answer (exit status {(int)status})") }
            : disk with { Health = health };
    }

    private static long? ErrorLogCount(JsonElement root) =>
        Json.Count(root, "ata_smart_error_log", "extended", "count")
        ?? Json.Count(root, "ata_smart_error_log", "summary", "count")
        ?? Json.Count(root, "nvme_smart_health_information_log", "num_err_log_entries");

    // Some versions tell one flag, later ones an object.
    private static bool GivesNoSmart(JsonElement root) =>
        (Json.Flag(root, "smart_support", "available") ?? Json.Flag(root, "smart_support")) == false;

    private static DiskReading Unreadable(string? device, UnavailableReason reason, string detail) =>
        new() { Device = device ?? "unknown", Unreadable = new(reason, detail) };
}
