using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Audit;

/// <summary>An entry of the audit chain. Entries are only ever added.</summary>
public sealed class AuditEntry
{
    /// <summary>From 1, without holes.</summary>
    public long Sequence { get; init; }

    /// <summary>When the controller wrote it down.</summary>
    public DateTimeOffset RecordedTime { get; init; }

    /// <summary>Who.</summary>
    public required string Actor { get; init; }

    /// <summary>What.</summary>
    public required string Action { get; init; }

    /// <summary>On what.</summary>
    public required string Subject { get; init; }

    /// <summary>More, as a JSON object with sorted names; empty for none.</summary>
    public required string Detail { get; init; }

    /// <summary>The hash of the entry before; 32 zero bytes for the first.</summary>
    public required byte[] PreviousHash { get; init; }

    /// <summary>SHA-256 over the fields above (<see cref="AuditChain"/>).</summary>
    public required byte[] Hash { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> builder)
        {
            builder.ToTable("audit_entries").HasKey(entry => entry.Sequence);
            builder.Property(entry => entry.Sequence).ValueGeneratedNever();
        }
    }
}
