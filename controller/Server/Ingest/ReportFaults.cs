using Google.Protobuf;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Finds what is wrong with reports before any of them is taken in.</summary>
internal static class ReportFaults
{
    /// <summary>The largest report that is taken, serialized.</summary>
    public const int LargestReportBytes = 1 << 20;

    private const int LargestBatch = 500;

    // More than any spool ever held: counts are summed up.
    private const long MostDropped = 1_000_000_000_000;
    private const int ReportIdBytes = 16;
    private const int HashBytes = 32;

    /// <summary>The first fault of a batch; absent when there is none.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="epoch">The epoch that Hello named.</param>
    /// <param name="last">The highest sequence that came on this stream before.</param>
    /// <param name="bytes">What its reports hold of the credit.</param>
    public static string? Find(ReportBatch batch, string epoch, long last, out int bytes)
    {
        bytes = 0;
        if (batch.SpoolEpoch != epoch)
            return "reports.spool_epoch differs from that of Hello: open a new stream for a new spool.";
        if (batch.Reports.Count is 0 or > LargestBatch)
            return $"reports.reports has {batch.Reports.Count} entries; 1 to {LargestBatch} are taken.";
        for (int i = 0; i < batch.Reports.Count; i++)
        {
            Report report = batch.Reports[i];
            if (report.Sequence <= last)
                return $"reports.reports[{i}].sequence is {report.Sequence}, after {last}: sequences must rise.";
            last = report.Sequence;
            if (FindIn(report, out int size) is { } fault)
                return $"reports.reports[{i}]{fault}";
            bytes += size;
        }

        return null;
    }

    /// <summary>The first fault of a report; absent when there is none.</summary>
    public static string? Find(Report report, string path, out int bytes) => FindIn(report, out bytes) is { } fault ? path + fault : null;

    private static string? FindIn(Report report, out int size)
    {
        size = report.CalculateSize();
        if (size > LargestReportBytes)
            return $" has {size} bytes; at most {LargestReportBytes} are taken.";
        if (report.ReportId.Length != ReportIdBytes)
            return $".report_id has {report.ReportId.Length} bytes instead of {ReportIdBytes}.";
        if (report.ObservedTime is null)
            return ".observed_time is absent.";
        if (report.BootId.Length is 0 or > 64)
            return $".boot_id has {report.BootId.Length} characters instead of 1 to 64.";
        if (report.BootId.Contains('\0'))
            return ".boot_id has a character U+0000, which is none.";
        if (MessageFaults.FindIn(report.ObservedTime) is { } time)
            return ".observed_time" + time;
        if (report.ObservedUptime is { } uptime && MessageFaults.FindIn(uptime) is { } duration)
            return ".observed_uptime" + duration;
        return FindInBody(report);
    }

    private static string? FindInBody(Report report) => report.BodyCase switch
    {
        Report.BodyOneofCase.None => " has no body that this controller knows; it may be older than the agent.",
        Report.BodyOneofCase.Inventory => FindIn(report.Inventory, ".inventory"),
        Report.BodyOneofCase.Hardware => FindIn(report.Hardware, ".hardware")
            ?? (report.Hardware.OutcomeCase == HardwareReport.OutcomeOneofCase.None ? ".hardware has no outcome." : null),
        Report.BodyOneofCase.Services => FindIn(report.Services, ".services") ?? FindIn(report.Services),
        Report.BodyOneofCase.Measurements => MeasurementFaults.FindIn(report.Measurements) is { } fault ? ".measurements" + fault : null,
        Report.BodyOneofCase.SpoolGap => FindIn(report.SpoolGap, ".spool_gap") ?? FindIn(report.SpoolGap),
        Report.BodyOneofCase.AgentFault => FindIn(report.AgentFault, ".agent_fault"),
        Report.BodyOneofCase.Trust => FindIn(report.Trust, ".trust") ?? FindIn(report.Trust),
        Report.BodyOneofCase.Order => OrderFaults.FindIn(report.Order) is { } fault ? ".order" + fault : null,
        _ => throw new ArgumentOutOfRangeException(nameof(report)),
    };

    private static string? FindIn(IMessage body, string path) => MessageFaults.Find(body, path);

    private static string? FindIn(SpoolGap gap) => gap.DroppedCount is < 0 or > MostDropped
        ? $".spool_gap.dropped_count is {gap.DroppedCount}: 0 to {MostDropped} can have been."
        : null;

    private static string? FindIn(TrustReport trust) => trust switch
    {
        { RootVersion: < 0 } => $".trust.root_version is {trust.RootVersion}; 0 is for none.",
        { CatalogueVersion: < 0 } => $".trust.catalogue_version is {trust.CatalogueVersion}; 0 is for none.",
        { CatalogueHash.Length: not 0 and not HashBytes } => $".trust.catalogue_hash has {trust.CatalogueHash.Length} bytes instead of {HashBytes}.",
        _ => null,
    };

    private static string? FindIn(ServiceReport services)
    {
        for (int i = 0; i < services.Checks.Count; i++)
        {
            if (services.Checks[i].Service is null or { ServiceId.Length: 0 })
                return $".services.checks[{i}].service is absent or has no service_id.";
        }

        return null;
    }
}
