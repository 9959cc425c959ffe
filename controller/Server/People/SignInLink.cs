using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.People;

/// <summary>
/// A one-time link that lets its bearer choose a password: of a person who is there already, or, with a name, of a new one. Only the token's
/// hash is kept.
/// </summary>
internal sealed class SignInLink
{
    public required string Id { get; init; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>The role that a new account gets beside technician; for a person who is there already, its role.</summary>
    public required string Role { get; init; }

    /// <summary>Whose password it sets; absent for a link that makes an account.</summary>
    public string? PersonId { get; init; }

    public required DateTimeOffset CreatedTime { get; init; }

    public required DateTimeOffset ExpiryTime { get; init; }

    /// <summary>When it was used; absent before.</summary>
    public DateTimeOffset? UsedTime { get; set; }

    /// <summary>Made invalid by a newer link.</summary>
    public DateTimeOffset? WithdrawnTime { get; set; }

    internal sealed class Schema : IEntityTypeConfiguration<SignInLink>
    {
        public void Configure(EntityTypeBuilder<SignInLink> builder)
        {
            builder.ToTable("sign_in_links").HasKey(l => l.Id);
            builder.HasIndex(l => l.TokenHash).IsUnique().HasDatabaseName("ux_sign_in_links_token");
            builder.HasIndex(l => l.PersonId).HasDatabaseName("ix_sign_in_links_person");
            builder.HasOne<Person>().WithMany().HasForeignKey(l => l.PersonId);
        }
    }
}
