using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Whether a report may tell of a fault or of its end, by a look that costs next to nothing. It decides only who goes first, never what
/// is judged.
/// </summary>
internal static class Urgency
{
    /// <summary>One of these may.</summary>
    public static bool OfAny(IReadOnlyList<Report> reports)
    {
        for (int i = 0; i < reports.Count; i++)
        {
            if (Of(reports[i]))
                return true;
        }

        return false;
    }

    // What is sent outside of a round is sent because a state changed.
    private static bool Of(Report report) => report.BodyCase switch
    {
        Report.BodyOneofCase.AgentFault => true,
        Report.BodyOneofCase.Services => !report.Services.Complete || report.Services.Checks.Any(check => !IsGood(check)),
        Report.BodyOneofCase.Hardware => report.Hardware.Measured is not { } readings || !IsGood(readings),
        _ => false,
    };

    private static bool IsGood(ServiceCheck check) => check.SeenCase switch
    {
        ServiceCheck.SeenOneofCase.Systemd => check.Systemd.ActiveState == "active",
        ServiceCheck.SeenOneofCase.Tcp => check.Tcp.Outcome == ConnectionOutcome.Open,
        ServiceCheck.SeenOneofCase.Http => check.Http.Connection == ConnectionOutcome.Open && check.Http.StatusCode is > 0 and < 500,
        ServiceCheck.SeenOneofCase.FileSystem => !check.FileSystem.UnexpectedlyReadOnly,
        _ => false,
    };

    private static bool IsGood(HardwareReadings readings) =>
        readings.Disks.All(disk => disk is { Unreadable: null, Nvme: null or { CriticalWarning: 0 } } && (!disk.HasSmartPassed || disk.SmartPassed))
        && readings.Arrays.All(array => !array.Inactive && array.ActiveCount >= array.RequiredCount)
        && readings.Memory.All(memory => memory.UncorrectedCount == 0)
        && readings.Sensors.All(sensor => !sensor.Alarm && !sensor.Fault)
        && readings.Links.All(link => !link.Enabled || !link.HasCarrier || link.Carrier);
}
