using HaiSoft.Controller.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Identity;

/// <summary>An agent: one enrolment of a server. A server that is enrolled again gets a new one.</summary>
internal sealed class AgentRow
{
    public required string AgentId { get; init; }

    public required string ServerId { get; init; }

    public required DateTimeOffset EnrolledTime { get; init; }

    /// <summary>The server's own name, as it said at enrolment.</summary>
    public required string HostName { get; init; }

    /// <summary>The machine's id, hashed by the agent; empty when it sent none.</summary>
    public required string MachineId { get; init; }

    /// <summary>The agent's clock less the controller's, at enrolment; absent when it did not say.</summary>
    public long? ClockOffsetMicroseconds { get; init; }

    /// <summary>When a superseded certificate was used again; absent while the identity is beyond doubt (DESIGN 4).</summary>
    public DateTimeOffset? InDoubtTime { get; set; }

    public DateTimeOffset? RevokedTime { get; set; }

    public string? RevokedBy { get; set; }

    public string? RevokedReason { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<AgentRow>
    {
        public void Configure(EntityTypeBuilder<AgentRow> builder)
        {
            builder.ToTable("agents").HasKey(row => row.AgentId);
            builder.HasIndex(row => new { row.ServerId, row.EnrolledTime });
            builder.HasIndex(row => row.MachineId);
            builder.HasOne<ServerRow>().WithMany().HasForeignKey(row => row.ServerId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
