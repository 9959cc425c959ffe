using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Identity;

/// <summary>A certificate that was issued to an agent.</summary>
internal sealed class AgentCertificateRow
{
    /// <summary>Serial number, in lower-case hexadecimal.</summary>
    public required string Serial { get; init; }

    public required string AgentId { get; init; }

    /// <summary>From 1 at enrolment, one more with each renewal.</summary>
    public required int Generation { get; init; }

    public required DateTimeOffset IssuedTime { get; init; }

    public required DateTimeOffset ExpiryTime { get; init; }

    /// <summary>When the agent first used it: from then on the generations before it are superseded.</summary>
    public DateTimeOffset? FirstUsedTime { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<AgentCertificateRow>
    {
        public void Configure(EntityTypeBuilder<AgentCertificateRow> builder)
        {
            builder.ToTable("agent_certificates").HasKey(row => row.Serial);
            builder.HasIndex(row => new { row.AgentId, row.Generation });
            builder.HasOne<AgentRow>().WithMany().HasForeignKey(row => row.AgentId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
