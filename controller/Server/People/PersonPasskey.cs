using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.Passkeys;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.People;

/// <summary>A passkey of a person: to sign in with, and to approve with where the catalogue lists its key.</summary>
public sealed class PersonPasskey : IdentityUserPasskey<string>
{
    /// <summary>When it last signed somebody in or approved something; absent before the first time.</summary>
    public DateTimeOffset? LastUsedTime { get; set; }

    /// <summary>The key as a catalogue lists it; absent when it is of another kind than approvals are verified with (P-256).</summary>
    internal VerificationKey? ApprovalKey => CosePublicKey.Read(Data.PublicKey);

    internal sealed class Schema : IEntityTypeConfiguration<PersonPasskey>
    {
        public void Configure(EntityTypeBuilder<PersonPasskey> builder)
        {
            builder.ToTable("people_passkeys").HasKey(p => p.CredentialId);
            builder.HasIndex(p => p.UserId).HasDatabaseName("ix_people_passkeys_user_id");
            builder.HasOne<Person>().WithMany().HasForeignKey(p => p.UserId).IsRequired();
            builder.OwnsOne(p => p.Data, data =>
            {
                data.WithOwner().HasForeignKey(nameof(CredentialId));
                data.Property(d => d.CreatedAt).HasColumnName("created_time");
                data.Property(d => d.SignCount).HasConversion<long>();
                data.Property(d => d.Transports).HasConversion(
                    words => string.Join(' ', words ?? Array.Empty<string>()),
                    text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                    new ValueComparer<string[]>((a, b) => a == b || (a != null && b != null && a.SequenceEqual(b)), words => words.Length, words => words.ToArray()));
            });
            builder.Navigation(p => p.Data).IsRequired();
        }
    }
}
