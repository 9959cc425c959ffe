using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Records;

/// <summary>What is set on a server's agent, as stored.</summary>
internal sealed class ServerChecksRow
{
    public required string ServerId { get; init; }

    public required long Version { get; set; }

    public int? IntervalSeconds { get; set; }

    /// <summary>The added services, JSON.</summary>
    public required string Services { get; set; }

    public CheckPlan ToPlan() => new(
        Version,
        IntervalSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        JsonSerializer.Deserialize<AddedService[]>(Services)!);

    public void Take(CheckPlan plan)
    {
        Version = plan.Version;
        IntervalSeconds = (int?)plan.Interval?.TotalSeconds;
        Services = JsonSerializer.Serialize(plan.Services);
    }

    internal sealed class Configuration : IEntityTypeConfiguration<ServerChecksRow>
    {
        public void Configure(EntityTypeBuilder<ServerChecksRow> builder)
        {
            builder.ToTable("server_checks").HasKey(row => row.ServerId);
            builder.HasOne<ServerRow>().WithOne().HasForeignKey<ServerChecksRow>(row => row.ServerId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
