using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Findings;

/// <summary>A reading of a server's clock, as stored.</summary>
internal sealed class ClockRow
{
    public required string ServerId { get; init; }

    public required DateTimeOffset MeasuredTime { get; init; }

    public required string BootId { get; init; }

    public required long UptimeMicroseconds { get; init; }

    public required long OffsetMicroseconds { get; init; }

    public long? StepMicroseconds { get; init; }

    public double? DriftPpm { get; init; }

    /// <summary>The reading.</summary>
    public ClockReading ToReading() => new(
        MeasuredTime,
        BootId,
        TimeSpan.FromMicroseconds(UptimeMicroseconds),
        TimeSpan.FromMicroseconds(OffsetMicroseconds),
        StepMicroseconds is { } step ? TimeSpan.FromMicroseconds(step) : null,
        DriftPpm);

    internal sealed class Configuration : IEntityTypeConfiguration<ClockRow>
    {
        public void Configure(EntityTypeBuilder<ClockRow> builder) =>
            builder.ToTable("agent_clocks").HasKey(row => new { row.ServerId, row.MeasuredTime });
    }
}
