using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Ingest;

/// <summary>What is known of the connection to a server's agent, as stored.</summary>
internal sealed class AgentLinkRow
{
    public required string ServerId { get; init; }

    public required string AgentVersion { get; set; }

    public required string BootId { get; set; }

    /// <summary>The configuration that the agent works by; 0 for its defaults.</summary>
    public required long ConfigurationVersion { get; set; }

    /// <summary>What must be added to its wall clock to get the controller's, at its last Hello.</summary>
    public required long ClockOffsetMicroseconds { get; set; }

    public required DateTimeOffset ConnectedTime { get; set; }

    /// <summary>When its last stream ended; absent while one is open.</summary>
    public DateTimeOffset? DisconnectedTime { get; set; }

    /// <summary>When its last report became durable; absent before the first.</summary>
    public DateTimeOffset? LastReportTime { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<AgentLinkRow>
    {
        public void Configure(EntityTypeBuilder<AgentLinkRow> builder) => builder.ToTable("agent_links").HasKey(row => row.ServerId);
    }
}
