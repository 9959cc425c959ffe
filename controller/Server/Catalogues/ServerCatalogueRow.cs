using HaiSoft.Controller.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Catalogues;

/// <summary>What a server verifies orders by, as its agent told last.</summary>
internal sealed class ServerCatalogueRow
{
    public required string ServerId { get; init; }

    /// <summary>A root's fingerprint lies on it.</summary>
    public required bool Pinned { get; init; }

    /// <summary>0 for none.</summary>
    public required long RootVersion { get; init; }

    public DateTimeOffset? RootExpiryTime { get; init; }

    /// <summary>0 for none.</summary>
    public required long CatalogueVersion { get; init; }

    public DateTimeOffset? CatalogueExpiryTime { get; init; }

    /// <summary>64 lower-case hexadecimal digits; empty for none.</summary>
    public required string CatalogueSha256 { get; init; }

    /// <summary>Why it refused what it was offered last; empty when it did not.</summary>
    public required string Refusal { get; init; }

    /// <summary>The same in its words.</summary>
    public required string RefusalDetail { get; init; }

    public required DateTimeOffset ReportedTime { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ServerCatalogueRow>
    {
        public void Configure(EntityTypeBuilder<ServerCatalogueRow> builder)
        {
            builder.ToTable("server_catalogues").HasKey(row => row.ServerId);
            builder.HasOne<ServerRow>().WithOne().HasForeignKey<ServerCatalogueRow>(row => row.ServerId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
