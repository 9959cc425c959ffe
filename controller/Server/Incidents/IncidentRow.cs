using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Incidents;

/// <summary>An incident as stored.</summary>
internal sealed class IncidentRow
{
    public long IncidentNumber { get; init; }

    public required string ServerId { get; init; }

    /// <summary>Which faults belong together; unique per server among the incidents that are not resolved.</summary>
    public required string CorrelationKey { get; set; }

    public required IncidentKind Kind { get; set; }

    public required IncidentState State { get; set; }

    public required string Title { get; set; }

    /// <summary>The 4 h promise applies: a part of a dedicated server, by its record (SLA 4.2, 4.5).</summary>
    public required bool ReplacementPromised { get; set; }

    public required DateTimeOffset DetectedTime { get; set; }

    public required DateTimeOffset OpenedTime { get; init; }

    public DateTimeOffset? RecoveredTime { get; set; }

    public DateTimeOffset? ResolvedTime { get; set; }

    public string? Technician { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<IncidentRow>
    {
        public void Configure(EntityTypeBuilder<IncidentRow> builder) =>
            builder.ToTable("incidents").HasKey(row => row.IncidentNumber);
    }
}
