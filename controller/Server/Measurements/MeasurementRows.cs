using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Measurements;

/// <summary>A numeric series of a server.</summary>
internal sealed class SeriesRow
{
    public long SeriesId { get; init; }

    public required string ServerId { get; init; }

    public required string Metric { get; init; }

    public required string Component { get; init; }

    public required SeriesBehaviour Kind { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<SeriesRow>
    {
        public void Configure(EntityTypeBuilder<SeriesRow> builder) => builder.ToTable("series").HasKey(row => row.SeriesId);
    }
}

/// <summary>The number that an agent gave a series in one epoch.</summary>
internal sealed class AgentSeriesRow
{
    public required string ServerId { get; init; }

    public required string Epoch { get; init; }

    public required int Number { get; init; }

    public required long SeriesId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AgentSeriesRow>
    {
        public void Configure(EntityTypeBuilder<AgentSeriesRow> builder) =>
            builder.ToTable("agent_series").HasKey(row => new { row.ServerId, row.Epoch, row.Number });
    }
}

/// <summary>The values of a server at one instant.</summary>
internal sealed class MeasurementRow
{
    public required string ServerId { get; init; }

    public required DateTimeOffset ObservedTime { get; init; }

    /// <summary>As <see cref="MeasurementBlock"/> writes it.</summary>
    public required byte[] Data { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MeasurementRow>
    {
        public void Configure(EntityTypeBuilder<MeasurementRow> builder) =>
            builder.ToTable("measurements").HasKey(row => new { row.ServerId, row.ObservedTime });
    }
}
