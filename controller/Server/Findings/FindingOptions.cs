using HaiSoft.Controller.Rules.Services;

namespace HaiSoft.Controller.Findings;

/// <summary>Bounds of what is judged (configuration section <c>Controller:Findings</c>).</summary>
public sealed class FindingOptions
{
    /// <summary>A file system that is so full will fill up: degrading. Per cent, 50 to 100; default 90.</summary>
    public double FillDegradingPercent { get; set; } = 90;

    /// <summary>A file system that is so full is a fault. Per cent, above the other bound and up to 100; default 98.</summary>
    public double FillFailedPercent { get; set; } = 98;

    /// <summary>A certificate that expires within this time is degrading. 0 to 90 days; default 14 days.</summary>
    public TimeSpan CertificateWarning { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Every fault of these options, each saying what to do.</summary>
    internal IEnumerable<string> Faults()
    {
        if (FillDegradingPercent is not (>= 50 and <= 100))
            yield return $"Controller:Findings:FillDegradingPercent is {FillDegradingPercent}: give 50 to 100.";
        if (FillFailedPercent is not (>= 50 and <= 100) || FillFailedPercent < FillDegradingPercent)
            yield return $"Controller:Findings:FillFailedPercent is {FillFailedPercent}: give FillDegradingPercent to 100.";
        if (CertificateWarning < TimeSpan.Zero || CertificateWarning > TimeSpan.FromDays(90))
            yield return $"Controller:Findings:CertificateWarning is {CertificateWarning}: give 0.00:00:00 to 90.00:00:00.";
    }

    internal ServiceThresholds ToThresholds() => new()
    {
        FillDegradingPercent = FillDegradingPercent,
        FillFailedPercent = FillFailedPercent,
        CertificateWarning = CertificateWarning,
    };
}
