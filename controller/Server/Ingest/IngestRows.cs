using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Ingest;

// The tables of the hot path: written and read by hand SQL, mapped so that the schema is checked as a whole.

/// <summary>How far the spool of an agent is durable here.</summary>
internal sealed class AgentEpochRow
{
    public required string ServerId { get; init; }

    public required string Epoch { get; init; }

    public required long LastDurableSequence { get; init; }

    public required DateTimeOffset FirstSeenTime { get; init; }

    /// <summary>When reports of it were last taken; absent when none were.</summary>
    public DateTimeOffset? LastReportTime { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AgentEpochRow>
    {
        public void Configure(EntityTypeBuilder<AgentEpochRow> builder) =>
            builder.ToTable("agent_epochs").HasKey(row => new { row.ServerId, row.Epoch });
    }
}

/// <summary>A report that came before the spool held it: absorbs the same one when the spool sends it.</summary>
internal sealed class UrgentReportRow
{
    public required string ServerId { get; init; }

    public required byte[] ReportId { get; init; }

    public required DateTimeOffset ReceivedTime { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<UrgentReportRow>
    {
        public void Configure(EntityTypeBuilder<UrgentReportRow> builder) =>
            builder.ToTable("urgent_reports").HasKey(row => new { row.ServerId, row.ReportId });
    }
}

/// <summary>The last inventory of a server.</summary>
internal sealed class InventoryRow
{
    public required string ServerId { get; init; }

    public required DateTimeOffset ObservedTime { get; init; }

    /// <summary><see cref="ServerInventory"/> as JSON.</summary>
    public required string Inventory { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<InventoryRow>
    {
        public void Configure(EntityTypeBuilder<InventoryRow> builder) => builder.ToTable("inventories").HasKey(row => row.ServerId);
    }
}

/// <summary>Something about a server that disagrees with its record or cannot be trusted.</summary>
internal sealed class ServerWarningRow
{
    public required string ServerId { get; init; }

    public required string WarningKey { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset SinceTime { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ServerWarningRow>
    {
        public void Configure(EntityTypeBuilder<ServerWarningRow> builder) =>
            builder.ToTable("server_warnings").HasKey(row => new { row.ServerId, row.WarningKey });
    }
}
