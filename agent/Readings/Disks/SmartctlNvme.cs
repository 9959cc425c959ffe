using System.Text.Json;

namespace HaiSoft.Agent.Readings.Disks;

/// <summary>Reads the SMART/health log of NVMe disks.</summary>
// "nvme_smart_health_information_log": { "critical_warning": 0, "temperature": 35, "available_spare": 100,
//   "available_spare_threshold": 10, "percentage_used": 3, "unsafe_shutdowns": 21, "media_errors": 0, "num_err_log_entries": 4 }
internal static class SmartctlNvme
{
    private const string Log = "nvme_smart_health_information_log";

    /// <summary>The log; absent when there is none, or none with the critical warning that it begins with.</summary>
    public static NvmeHealth? Read(JsonElement root) => Json.Integer(root, Log, "critical_warning") is >= 0 and <= 255 and var warning
        ? new NvmeHealth
        {
            CriticalWarning = (NvmeCriticalWarning)warning,
            AvailableSparePercent = Percent(root, "available_spare"),
            AvailableSpareThresholdPercent = Percent(root, "available_spare_threshold"),
            PercentageUsed = Percent(root, "percentage_used"),
            MediaErrorCount = Json.Count(root, Log, "media_errors"),
            UnsafeShutdownCount = Json.Count(root, Log, "unsafe_shutdowns"),
        }
        : null;

    // One byte each in the log; percentage_used saturates at 255.
    private static int? Percent(JsonElement root, string name) => Json.Integer(root, Log, name) is >= 0 and <= 255 and var value ? value : null;
}
