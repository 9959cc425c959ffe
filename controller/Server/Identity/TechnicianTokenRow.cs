using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Identity;

/// <summary>A technician's token for the command line, as stored: its hash only.</summary>
internal sealed class TechnicianTokenRow
{
    /// <summary>SHA-256 of the token's secret.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>Who acts by it, for the audit.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset CreatedTime { get; init; }

    public DateTimeOffset? RevokedTime { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<TechnicianTokenRow>
    {
        public void Configure(EntityTypeBuilder<TechnicianTokenRow> builder) =>
            builder.ToTable("technician_tokens").HasKey(row => row.TokenHash);
    }
}
