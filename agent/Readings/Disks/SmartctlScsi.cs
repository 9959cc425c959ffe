using System.Text.Json;

namespace HaiSoft.Agent.Readings.Disks;

/// <summary>Reads what SCSI and SAS disks tell.</summary>
// "scsi_grown_defect_list": 0, "scsi_percentage_used_endurance_indicator": 2,
// "scsi_error_counter_log": { "read":  { "errors_corrected_by_eccfast": 12, "total_uncorrected_errors": 0 },
//                             "write": { "total_uncorrected_errors": 0 }, "verify": { "total_uncorrected_errors": 0 } },
// "smart_status": { "passed": false, "scsi": { "asc": 93, "ascq": 16, "ie_string": "HARDWARE IMPENDING FAILURE ..." } }
internal static class SmartctlScsi
{
    // Additional sense code of "failure prediction threshold exceeded" (SPC-4, informational exceptions).
    private const int FailurePrediction = 0x5D;

    /// <summary>What the disk tells; absent for disks of another protocol, and when it tells nothing.</summary>
    public static ScsiHealth? Read(JsonElement root, DiskProtocol protocol)
    {
        if (protocol is not (DiskProtocol.Scsi or DiskProtocol.Unknown))
            return null;
        var health = new ScsiHealth
        {
            GrownDefectCount = Json.Count(root, "scsi_grown_defect_list"),
            ReadUncorrectedCount = Uncorrected(root, "read"),
            WriteUncorrectedCount = Uncorrected(root, "write"),
            VerifyUncorrectedCount = Uncorrected(root, "verify"),
            PercentageUsed = Json.Integer(root, "scsi_percentage_used_endurance_indicator") is >= 0 and <= 255 and var used ? used : null,
            PredictedFailureCode = PredictedFailure(root),
        };
        return health == new ScsiHealth() ? null : health;
    }

    private static long? Uncorrected(JsonElement root, string kind) =>
        Json.Count(root, "scsi_error_counter_log", kind, "total_uncorrected_errors");

    private static int? PredictedFailure(JsonElement root) =>
        Json.Integer(root, "smart_status", "scsi", "asc") == FailurePrediction
            ? (FailurePrediction << 8) | (Json.Integer(root, "smart_status", "scsi", "ascq") ?? 0) & 0xFF
            : null;
}
