using HaiSoft.Controller.Measurements.Damage;
using HaiSoft.Controller.Measurements.Rollups;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Measurements;

// Written and read by hand SQL, mapped so that the schema is checked as a whole.

/// <summary>What was read and is not in a block yet: an entry for each commit, in a lane.</summary>
internal sealed class MeasurementJournalRow
{
    public required long EntryKey { get; init; }

    public required DateTimeOffset WrittenTime { get; init; }

    public required byte[] Data { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MeasurementJournalRow>
    {
        public void Configure(EntityTypeBuilder<MeasurementJournalRow> builder)
        {
            builder.ToTable("measurement_journal").HasKey(row => row.EntryKey);
            builder.Property(row => row.EntryKey).ValueGeneratedNever();
        }
    }
}

/// <summary>The series of a server, and what its agent calls them.</summary>
internal sealed class MeasurementSeriesRow
{
    public required string ServerId { get; init; }

    public required byte[] Data { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MeasurementSeriesRow>
    {
        public void Configure(EntityTypeBuilder<MeasurementSeriesRow> builder) => builder.ToTable("measurement_series").HasKey(row => row.ServerId);
    }
}

/// <summary>Readings of a server over some time.</summary>
internal sealed class MeasurementBlockRow
{
    public required string ServerId { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    public required DateTimeOffset EndTime { get; init; }

    public required int InstantCount { get; init; }

    public required byte[] Data { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MeasurementBlockRow>
    {
        public void Configure(EntityTypeBuilder<MeasurementBlockRow> builder) =>
            builder.ToTable("measurement_blocks").HasKey(row => new { row.ServerId, row.StartTime });
    }
}

/// <summary>A day of a server in parts.</summary>
internal sealed class MeasurementRollupRow
{
    public required string ServerId { get; init; }

    public required Resolution Resolution { get; init; }

    public required int Day { get; init; }

    public required byte[] Data { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MeasurementRollupRow>
    {
        public void Configure(EntityTypeBuilder<MeasurementRollupRow> builder) =>
            builder.ToTable("measurement_rollups").HasKey(row => new { row.ServerId, row.Resolution, row.Day });
    }
}

/// <summary>Stored bytes that could not be read, set aside.</summary>
internal sealed class MeasurementDamageRow
{
    public required string DamageId { get; init; }

    public required DateTimeOffset FoundTime { get; init; }

    public required string? ServerId { get; init; }

    public required DamagedPart Part { get; init; }

    public required string Reason { get; init; }

    public required byte[] Data { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MeasurementDamageRow>
    {
        public void Configure(EntityTypeBuilder<MeasurementDamageRow> builder) => builder.ToTable("measurement_damage").HasKey(row => row.DamageId);
    }
}
