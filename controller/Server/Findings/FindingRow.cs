using HaiSoft.Controller.Rules.Findings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Findings;

/// <summary>A finding as stored.</summary>
internal sealed class FindingRow
{
    public required string FindingId { get; init; }

    public required string ServerId { get; init; }

    public required string ComponentId { get; init; }

    /// <summary>The incident that it belongs to; absent where no clock runs (degrading).</summary>
    public long? IncidentNumber { get; set; }

    public required Health Health { get; set; }

    public required string Title { get; set; }

    public required string Reason { get; set; }

    /// <summary>What it was judged from, as canonical JSON.</summary>
    public required string Evidence { get; set; }

    public required DateTimeOffset DetectedTime { get; init; }

    public DateTimeOffset? RecoveredTime { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<FindingRow>
    {
        public void Configure(EntityTypeBuilder<FindingRow> builder) => builder.ToTable("findings").HasKey(row => row.FindingId);
    }
}
