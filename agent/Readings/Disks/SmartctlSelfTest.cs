using System.Text.Json;

namespace HaiSoft.Agent.Readings.Disks;

/// <summary>How the disk's last self-test went. One that never ran has no outcome: its status says "completed" all the same.</summary>
// ATA:  "ata_smart_data": { "self_test": { "status": { "value": 241, "string": "in progress, 10% remaining" } } },
//       "ata_smart_self_test_log": { "extended": { "table": [{ "type": { "value": 1 }, "status": { "value": 0, "passed": true } }] } }
// SCSI: "scsi_self_test_0": { "code": { "value": 2 }, "result": { "value": 0, "string": "Completed" } }
// NVMe: "nvme_self_test_log": { "current_self_test_operation": { "value": 0 },
//                               "table": [{ "self_test_code": { "value": 1 }, "self_test_result": { "value": 0 } }] }
internal static class SmartctlSelfTest
{
    public static SelfTestOutcome? Last(JsonElement root) => Ata(root) ?? Scsi(root) ?? Nvme(root);

    private static SelfTestOutcome? Ata(JsonElement root)
    {
        var now = AtaOutcome(Json.Integer(root, "ata_smart_data", "self_test", "status", "value"));
        if (now == SelfTestOutcome.Running)
            return now;
        foreach (var log in (ReadOnlySpan<string>)["extended", "standard"])
            foreach (var newest in Json.Items(root, "ata_smart_self_test_log", log, "table"))
                return AtaOutcome(Json.Integer(newest, "status", "value"));
        return now == SelfTestOutcome.Passed ? null : now;
    }

    // The upper four bits of the self-test execution status (ACS, SMART READ DATA).
    private static SelfTestOutcome? AtaOutcome(int? status) => (status >> 4) switch
    {
        0 => SelfTestOutcome.Passed,
        1 or 2 => SelfTestOutcome.Aborted,
        >= 3 and <= 8 => SelfTestOutcome.Failed,
        15 => SelfTestOutcome.Running,
        _ => null,
    };

    // The results of the self-test results log page (SPC, log page 10h).
    private static SelfTestOutcome? Scsi(JsonElement root) => Json.Integer(root, "scsi_self_test_0", "result", "value") switch
    {
        0 => SelfTestOutcome.Passed,
        1 or 2 => SelfTestOutcome.Aborted,
        >= 3 and <= 7 => SelfTestOutcome.Failed,
        15 => SelfTestOutcome.Running,
        _ => null,
    };

    // The results of the device self-test log (NVM Express base specification, log page 06h).
    private static SelfTestOutcome? Nvme(JsonElement root)
    {
        if (Json.Integer(root, "nvme_self_test_log", "current_self_test_operation", "value") is > 0)
            return SelfTestOutcome.Running;
        foreach (var newest in Json.Items(root, "nvme_self_test_log", "table"))
            return Json.Integer(newest, "self_test_result", "value") switch
            {
                0 => SelfTestOutcome.Passed,
                >= 1 and <= 4 or 8 or 9 => SelfTestOutcome.Aborted,
                >= 5 and <= 7 => SelfTestOutcome.Failed,
                _ => null,
            };
        return null;
    }
}
