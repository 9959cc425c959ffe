using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.People;

/// <summary>A try to sign in to an account, with its address, kept to warn of a connection from an unusual place (DOMAIN 7.2).</summary>
internal sealed class SignIn
{
    public required string Id { get; init; }

    public required string PersonId { get; init; }

    public required DateTimeOffset OccurredTime { get; init; }

    /// <summary>The browser's address; empty when it is not known.</summary>
    public required string Address { get; init; }

    public required SignInOutcome Outcome { get; init; }

    internal sealed class Schema : IEntityTypeConfiguration<SignIn>
    {
        public void Configure(EntityTypeBuilder<SignIn> builder)
        {
            builder.ToTable("sign_ins").HasKey(s => s.Id);
            builder.Property(s => s.Outcome).HasConversion(o => SignInOutcomes.Name(o), name => SignInOutcomes.Parse(name));
            builder.HasIndex(s => new { s.PersonId, s.OccurredTime }).HasDatabaseName("ix_sign_ins_person");
            builder.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).IsRequired();
        }
    }
}
