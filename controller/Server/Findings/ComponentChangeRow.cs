using HaiSoft.Controller.Rules.Findings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Findings;

/// <summary>A change of a component's health, as stored.</summary>
internal sealed class ComponentChangeRow
{
    public long ChangeId { get; init; }

    public required string ServerId { get; init; }

    public required string ComponentId { get; init; }

    public required DateTimeOffset ChangedTime { get; init; }

    public required Health Health { get; init; }

    public required string Reason { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ComponentChangeRow>
    {
        public void Configure(EntityTypeBuilder<ComponentChangeRow> builder) =>
            builder.ToTable("component_changes").HasKey(row => row.ChangeId);
    }
}
