using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Ingest;

/// <summary>A report that was acknowledged and could not be judged.</summary>
internal sealed class QuarantinedReportRow
{
    public required string ServerId { get; init; }

    /// <summary>Which of the server's, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>The spool that it came from.</summary>
    public required string Epoch { get; init; }

    /// <summary>Its place there; 0 for one that was not spooled.</summary>
    public required long Sequence { get; init; }

    /// <summary>What it tells of.</summary>
    public required string ReportKind { get; init; }

    public required DateTimeOffset ReceivedTime { get; init; }

    /// <summary>Why it could not be judged.</summary>
    public required string Reason { get; init; }

    /// <summary>The report as it came: <c>haisoft.agent.v1.Report</c>.</summary>
    public required byte[] Report { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<QuarantinedReportRow>
    {
        public void Configure(EntityTypeBuilder<QuarantinedReportRow> builder) =>
            builder.ToTable("quarantined_reports").HasKey(row => new { row.ServerId, row.Number });
    }
}
