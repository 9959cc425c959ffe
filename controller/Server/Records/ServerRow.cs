using HaiSoft.Controller.Rules.Fees;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Records;

/// <summary>A server's record, as stored.</summary>
internal sealed class ServerRow
{
    public required string ServerId { get; init; }

    public required string Name { get; set; }

    /// <summary>The name in lower case: no two records differ by case alone.</summary>
    public required string NameKey { get; set; }

    public required string CustomerId { get; set; }

    public required ServerKind Kind { get; set; }

    /// <summary>Where it stands; absent for virtual servers.</summary>
    public string? Rack { get; set; }

    /// <summary>The server that carries it; absent for dedicated servers.</summary>
    public string? HostId { get; set; }

    public required long FeeCents { get; set; }

    public required FeePeriod FeePeriod { get; set; }

    /// <summary>First day of service, Europe/Paris.</summary>
    public required DateOnly FromDate { get; set; }

    /// <summary>The customer subscribed the Backup option (SLA 6).</summary>
    public required bool BackupOption { get; set; }

    public required DateTimeOffset CreatedTime { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ServerRow>
    {
        public void Configure(EntityTypeBuilder<ServerRow> builder)
        {
            builder.ToTable("servers").HasKey(row => row.ServerId);
            builder.HasIndex(row => row.NameKey).IsUnique();
            builder.HasIndex(row => row.CustomerId);
            builder.HasIndex(row => row.HostId);
            builder.HasOne<CustomerRow>().WithMany().HasForeignKey(row => row.CustomerId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<ServerRow>().WithMany().HasForeignKey(row => row.HostId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
