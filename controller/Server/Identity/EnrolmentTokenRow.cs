using HaiSoft.Controller.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Identity;

/// <summary>A one-time token, as stored: its hash only.</summary>
internal sealed class EnrolmentTokenRow
{
    /// <summary>SHA-256 of the token's secret.</summary>
    public required byte[] TokenHash { get; init; }

    public required string ServerId { get; init; }

    public required DateTimeOffset CreatedTime { get; init; }

    /// <summary>The technician who made it.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset ExpiryTime { get; init; }

    public DateTimeOffset? UsedTime { get; set; }

    /// <summary>The agent that it was used for.</summary>
    public string? AgentId { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<EnrolmentTokenRow>
    {
        public void Configure(EntityTypeBuilder<EnrolmentTokenRow> builder)
        {
            builder.ToTable("enrolment_tokens").HasKey(row => row.TokenHash);
            builder.HasIndex(row => new { row.ServerId, row.CreatedTime });
            builder.HasOne<ServerRow>().WithMany().HasForeignKey(row => row.ServerId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
