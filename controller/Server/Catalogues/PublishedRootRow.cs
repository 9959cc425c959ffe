using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Catalogues;

/// <summary>A root that was published.</summary>
internal sealed class PublishedRootRow
{
    public required long Version { get; init; }

    /// <summary>SHA-256 of what it says, 64 lower-case hexadecimal digits.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Its exact bytes with their signatures.</summary>
    public required byte[] Envelope { get; init; }

    public required DateTimeOffset ExpiryTime { get; init; }

    public required DateTimeOffset PublishedTime { get; init; }

    public required string PublishedBy { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PublishedRootRow>
    {
        public void Configure(EntityTypeBuilder<PublishedRootRow> builder)
        {
            builder.ToTable("published_roots").HasKey(row => row.Version);
            builder.Property(row => row.Version).ValueGeneratedNever();
        }
    }
}
