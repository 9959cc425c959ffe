using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Records;

/// <summary>A customer's record, as stored.</summary>
internal sealed class CustomerRow
{
    public required string CustomerId { get; init; }

    public required string Name { get; set; }

    /// <summary>The name in lower case: no two records differ by case alone.</summary>
    public required string NameKey { get; set; }

    public required string Email { get; set; }

    public required DateTimeOffset CreatedTime { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CustomerRow>
    {
        public void Configure(EntityTypeBuilder<CustomerRow> builder)
        {
            builder.ToTable("customers").HasKey(row => row.CustomerId);
            builder.HasIndex(row => row.NameKey).IsUnique();
        }
    }
}
