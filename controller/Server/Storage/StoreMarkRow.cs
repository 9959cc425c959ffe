using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Storage;

/// <summary>Something that the controller notes to itself, and when it did last.</summary>
internal sealed class StoreMarkRow
{
    public required string Mark { get; init; }

    public required DateTimeOffset MarkedTime { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<StoreMarkRow>
    {
        public void Configure(EntityTypeBuilder<StoreMarkRow> builder) => builder.ToTable("store_marks").HasKey(row => row.Mark);
    }
}
