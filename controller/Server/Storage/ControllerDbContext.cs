using HaiSoft.Controller.Storage.Postgres;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Storage;

/// <summary>
/// The controller's database. Each capability keeps its entities and their configurations in its own folder; names are
/// snake_case unless a configuration says otherwise; instants are Unix microseconds.
/// </summary>
public sealed class ControllerDbContext(DbContextOptions<ControllerDbContext> options) : DbContext(options)
{
    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMicroseconds.Converter>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ControllerDbContext).Assembly);
        SnakeCaseNames.Give(modelBuilder.Model);
        if (Database.IsNpgsql())
            PostgresTypes.Give(modelBuilder.Model);
    }
}
