using HaiSoft.Controller.Rules.Sla;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Incidents;

/// <summary>An entry of a timeline as stored.</summary>
internal sealed class IncidentEventRow
{
    public long EventId { get; init; }

    public required long IncidentNumber { get; init; }

    public required TimelineEventKind Kind { get; init; }

    public required DateTimeOffset OccurredTime { get; init; }

    public required DateTimeOffset RecordedTime { get; init; }

    public required string Actor { get; init; }

    public required string Text { get; init; }

    /// <summary>Canonical JSON; empty for none.</summary>
    public required string Evidence { get; init; }

    /// <summary>SHA-256 of the evidence, in hexadecimal; empty for none.</summary>
    public required string EvidenceHash { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<IncidentEventRow>
    {
        public void Configure(EntityTypeBuilder<IncidentEventRow> builder) =>
            builder.ToTable("incident_events").HasKey(row => row.EventId);
    }
}
