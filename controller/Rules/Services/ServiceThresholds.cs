namespace HaiSoft.Controller.Rules.Services;

/// <summary>Bounds of what services may show before they are judged.</summary>
public sealed record ServiceThresholds
{
    /// <summary>A file system that is so full will fill up: degrading. Per cent of its size, 1 to 100; default 90.</summary>
    public double FillDegradingPercent { get; init; } = 90;

    /// <summary>A file system that is so full is a fault. Per cent of its size, 1 to 100; default 98.</summary>
    public double FillFailedPercent { get; init; } = 98;

    /// <summary>A certificate that expires within this time is degrading; default 14 days.</summary>
    public TimeSpan CertificateWarning { get; init; } = TimeSpan.FromDays(14);
}
