using HaiSoft.Controller.Records;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.People;

/// <summary>How ASP.NET Core Identity's entities lie in the controller's database (migrations 0040, 0050); <see cref="PersonPasskey"/> lies there too.</summary>
internal sealed class PeopleSchema :
    IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<IdentityRole>, IEntityTypeConfiguration<IdentityUserRole<string>>,
    IEntityTypeConfiguration<IdentityUserClaim<string>>, IEntityTypeConfiguration<IdentityUserLogin<string>>,
    IEntityTypeConfiguration<IdentityUserToken<string>>, IEntityTypeConfiguration<IdentityRoleClaim<string>>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("people").HasKey(p => p.Id);
        builder.HasIndex(p => p.NormalizedUserName).IsUnique().HasDatabaseName("ux_people_name");
        builder.HasIndex(p => p.NormalizedEmail).HasDatabaseName("ix_people_email");
        builder.HasIndex(p => p.CustomerId).HasDatabaseName("ix_people_customer");
        builder.HasOne<CustomerRow>().WithMany().HasForeignKey(p => p.CustomerId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(p => p.ConcurrencyStamp).IsConcurrencyToken();
        builder.HasMany<IdentityUserRole<string>>().WithOne().HasForeignKey(r => r.UserId).IsRequired();
        builder.HasMany<IdentityUserClaim<string>>().WithOne().HasForeignKey(c => c.UserId).IsRequired();
        builder.HasMany<IdentityUserLogin<string>>().WithOne().HasForeignKey(l => l.UserId).IsRequired();
        builder.HasMany<IdentityUserToken<string>>().WithOne().HasForeignKey(t => t.UserId).IsRequired();
    }

    public void Configure(EntityTypeBuilder<IdentityRole> builder)
    {
        builder.ToTable("people_roles").HasKey(r => r.Id);
        builder.HasIndex(r => r.NormalizedName).IsUnique().HasDatabaseName("ux_people_roles_name");
        builder.Property(r => r.ConcurrencyStamp).IsConcurrencyToken();
        builder.HasMany<IdentityUserRole<string>>().WithOne().HasForeignKey(r => r.RoleId).IsRequired();
        builder.HasMany<IdentityRoleClaim<string>>().WithOne().HasForeignKey(c => c.RoleId).IsRequired();
    }

    public void Configure(EntityTypeBuilder<IdentityUserRole<string>> builder) =>
        builder.ToTable("people_in_roles").HasKey(r => new { r.UserId, r.RoleId });

    public void Configure(EntityTypeBuilder<IdentityUserClaim<string>> builder) => builder.ToTable("people_claims").HasKey(c => c.Id);

    public void Configure(EntityTypeBuilder<IdentityUserLogin<string>> builder) =>
        builder.ToTable("people_logins").HasKey(l => new { l.LoginProvider, l.ProviderKey });

    public void Configure(EntityTypeBuilder<IdentityUserToken<string>> builder) =>
        builder.ToTable("people_tokens").HasKey(t => new { t.UserId, t.LoginProvider, t.Name });

    public void Configure(EntityTypeBuilder<IdentityRoleClaim<string>> builder) => builder.ToTable("people_role_claims").HasKey(c => c.Id);
}
