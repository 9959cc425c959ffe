using HaiSoft.Controller.Records;
using HaiSoft.Controller.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Orders;

/// <summary>The same operation on several servers, as stored: what was started, which never changes, and how far it is.</summary>
internal sealed class RolloutRow
{
    public long RolloutNumber { get; init; }

    /// <summary>What each server resolves: a PlanRequest of the protocol without an id, encoded.</summary>
    public required byte[] Ask { get; init; }

    /// <summary>How many servers it was started for: what each of its orders says.</summary>
    public required int ServerCount { get; init; }

    public required int WaveCount { get; init; }

    public long? RequestNumber { get; init; }

    /// <summary>Who: "person:ID" or "token:HASH".</summary>
    public required string StartedBy { get; init; }

    public required DateTimeOffset StartedTime { get; init; }

    /// <summary>Whole seconds, as in its orders.</summary>
    public required DateTimeOffset WindowStartTime { get; init; }

    public required DateTimeOffset WindowEndTime { get; init; }

    public required RolloutState State { get; set; }

    /// <summary>The wave whose orders go to their servers, from 1; one more than there are when it is finished.</summary>
    public required int Wave { get; set; }

    /// <summary>Why it is held; empty when it is not.</summary>
    public required string HeldBecause { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<RolloutRow>
    {
        public void Configure(EntityTypeBuilder<RolloutRow> builder)
        {
            builder.ToTable("rollouts").HasKey(row => row.RolloutNumber);
            builder.HasOne<RequestRow>().WithMany().HasForeignKey(row => row.RequestNumber).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A server of a rollout, as stored.</summary>
internal sealed class RolloutServerRow
{
    public required long RolloutNumber { get; init; }

    public required string ServerId { get; init; }

    /// <summary>Its place among the servers, from 1.</summary>
    public required int Place { get; init; }

    /// <summary>From 1.</summary>
    public required int Wave { get; init; }

    /// <summary>Nothing is waited for from it, and nothing more sent to it.</summary>
    public bool IsLeftOut { get; set; }

    /// <summary>It makes no plan of this, and will not.</summary>
    public bool HasNoPlan { get; set; }

    /// <summary>Why there is no operation on it; empty when there is one, or nobody asked yet. Hostile.</summary>
    public string Note { get; set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<RolloutServerRow>
    {
        public void Configure(EntityTypeBuilder<RolloutServerRow> builder)
        {
            builder.ToTable("rollout_servers").HasKey(row => new { row.RolloutNumber, row.ServerId });
            builder.HasOne<RolloutRow>().WithMany().HasForeignKey(row => row.RolloutNumber).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<ServerRow>().WithMany().HasForeignKey(row => row.ServerId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A step of a rollout, as stored; only ever added.</summary>
internal sealed class RolloutEventRow
{
    public long EventId { get; init; }

    public required long RolloutNumber { get; init; }

    public required RolloutStep Step { get; init; }

    public required DateTimeOffset OccurredTime { get; init; }

    /// <summary>Who: "person:ID", "token:HASH" or "controller".</summary>
    public required string Actor { get; init; }

    /// <summary>Why, or what came with it. Hostile where it is a server's.</summary>
    public required string Text { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<RolloutEventRow>
    {
        public void Configure(EntityTypeBuilder<RolloutEventRow> builder)
        {
            builder.ToTable("rollout_events").HasKey(row => row.EventId);
            builder.HasIndex(row => new { row.RolloutNumber, row.EventId });
            builder.HasOne<RolloutRow>().WithMany().HasForeignKey(row => row.RolloutNumber).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
