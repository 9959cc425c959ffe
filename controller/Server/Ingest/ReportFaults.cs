using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Finds what is wrong with reports before any of them is taken in.</summary>
internal static class ReportFaults
{
    /// <summary>The largest report that is taken, serialized.</summary>
    public const int LargestReportBytes = 1 << 20;

    private const int LargestBatch = 500;
    private const int ReportIdBytes = 16;

    /// <summary>The first fault of a batch; absent when there is none.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="epoch">The epoch that Hello named.</param>
    /// <param name="last">The highest sequence that came on this stream before.</param>
    public static string? Find(ReportBatch batch, string epoch, long last)
    {
        if (batch.SpoolEpoch != epoch)
            return "reports.spool_epoch differs from that of Hello: open a new stream for a new spool.";
        if (batch.Reports.Count is 0 or > LargestBatch)
            return $"reports.reports has {batch.Reports.Count} entries; 1 to {LargestBatch} are taken.";
        for (int i = 0; i < batch.Reports.Count; i++)
        {
            Report report = batch.Reports[i];
            string path = $"reports.reports[{i}]";
            if (report.Sequence <= last)
                return $"{path}.sequence is {report.Sequence}, after {last}: sequences must rise.";
            last = report.Sequence;
            if (Find(report, path) is { } fault)
                return fault;
        }

        return null;
    }

    /// <summary>The first fault of a report; absent when there is none.</summary>
    public static string? Find(Report report, string path)
    {
        if (report.CalculateSize() is var size and > LargestReportBytes)
            return $"{path} has {size} bytes; at most {LargestReportBytes} are taken.";
        if (report.ReportId.Length != ReportIdBytes)
            return $"{path}.report_id has {report.ReportId.Length} bytes instead of {ReportIdBytes}.";
        if (report.ObservedTime is null)
            return $"{path}.observed_time is absent.";
        if (report.BootId.Length is 0 or > 64)
            return $"{path}.boot_id has {report.BootId.Length} characters instead of 1 to 64.";
        return MessageFaults.Find(report, path) ?? FindInBody(report, path);
    }

    private static string? FindInBody(Report report, string path) => report.BodyCase switch
    {
        Report.BodyOneofCase.None => $"{path} has no body that this controller knows; it may be older than the agent.",
        Report.BodyOneofCase.Measurements => FindIn(report.Measurements, $"{path}.measurements"),
        Report.BodyOneofCase.Hardware when report.Hardware.OutcomeCase == HardwareReport.OutcomeOneofCase.None =>
            $"{path}.hardware has no outcome.",
        Report.BodyOneofCase.Services => report.Services.Checks
            .Select((check, i) => (check, i))
            .Where(c => c.check.Service is null || c.check.Service.ServiceId.Length == 0)
            .Select(c => $"{path}.services.checks[{c.i}].service is absent or has no service_id.")
            .FirstOrDefault(),
        _ => null,
    };

    private static string? FindIn(Protocol.Agent.V1.Measurements measurements, string path) =>
        measurements.Series.Count != measurements.Values.Count
            ? $"{path} has {measurements.Series.Count} series and {measurements.Values.Count} values: they must be equal."
            : measurements.Series.Distinct().Count() != measurements.Series.Count ? $"{path}.series names a series twice."
            : measurements.NewSeries.Any(s => s.Number <= 0) ? $"{path}.new_series has a number below 1."
            : measurements.NewSeries.Any(s => s.Metric.Length == 0) ? $"{path}.new_series has a metric without a name."
            : null;
}
