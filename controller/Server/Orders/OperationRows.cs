using HaiSoft.Controller.Records;
using HaiSoft.Controller.Requests;
using HaiSoft.Protocol.Trust.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaiSoft.Controller.Orders;

/// <summary>A plan that a server made, as stored.</summary>
internal sealed class PlanRow
{
    /// <summary>SHA-256 of its exact bytes, 64 lower-case hexadecimal digits.</summary>
    public required string PlanHash { get; init; }

    public required string ServerId { get; init; }

    /// <summary>Its exact bytes.</summary>
    public required byte[] Content { get; init; }

    public required DateTimeOffset MadeTime { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string MadeBy { get; init; }

    public required DateTimeOffset LastUsedTime { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PlanRow>
    {
        public void Configure(EntityTypeBuilder<PlanRow> builder)
        {
            builder.ToTable("plans").HasKey(row => row.PlanHash);
            builder.HasOne<ServerRow>().WithMany().HasForeignKey(row => row.ServerId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>An operation as stored: the order, which never changes, and where it stands.</summary>
internal sealed class OperationRow
{
    public long OperationNumber { get; init; }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public required string OrderId { get; init; }

    public required string ServerId { get; init; }

    public required OperationKind Kind { get; init; }

    /// <summary>The order's exact bytes: what is signed.</summary>
    public required byte[] Payload { get; init; }

    /// <summary>SHA-256 of the plan, 64 lower-case hexadecimal digits.</summary>
    public required string PlanHash { get; init; }

    public long? RequestNumber { get; init; }

    /// <summary>An emergency: the incident; absent otherwise.</summary>
    public long? IncidentNumber { get; init; }

    /// <summary>The operation that it undoes; absent when it undoes none.</summary>
    public long? UndoesNumber { get; init; }

    /// <summary>The rollout that it is part of; absent for none.</summary>
    public long? RolloutNumber { get; init; }

    /// <summary>Who: "token:HASH".</summary>
    public required string DraftedBy { get; init; }

    public required DateTimeOffset DraftedTime { get; init; }

    public required DateTimeOffset WindowStartTime { get; init; }

    /// <summary>The order expires then, too.</summary>
    public required DateTimeOffset WindowEndTime { get; init; }

    public required OperationState State { get; set; }

    /// <summary>It is not sent before the customer has consented.</summary>
    public required bool NeedsConsent { get; init; }

    /// <summary>Somebody asked its server to leave it.</summary>
    public bool CancelAsked { get; set; }

    /// <summary>By when it is to be reviewed; absent when it is not, or was.</summary>
    public DateTimeOffset? ReviewDueTime { get; set; }

    /// <summary>The highest entry of the server's journal that was a step; 0 for none.</summary>
    public long LastStepEntry { get; set; }

    /// <summary>How much of its output was taken, bytes.</summary>
    public long OutputBytes { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<OperationRow>
    {
        public void Configure(EntityTypeBuilder<OperationRow> builder)
        {
            builder.ToTable("operations").HasKey(row => row.OperationNumber);
            builder.HasIndex(row => row.OrderId).IsUnique();
            builder.HasIndex(row => new { row.ServerId, row.OperationNumber });
            builder.HasIndex(row => new { row.State, row.OperationNumber });
            builder.HasOne<ServerRow>().WithMany().HasForeignKey(row => row.ServerId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<RequestRow>().WithMany().HasForeignKey(row => row.RequestNumber).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<OperationRow>().WithMany().HasForeignKey(row => row.UndoesNumber).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<RolloutRow>().WithMany().HasForeignKey(row => row.RolloutNumber).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>An approver's signature, as stored; only ever added.</summary>
internal sealed class OperationSignatureRow
{
    public required long OperationNumber { get; init; }

    public required string KeyId { get; init; }

    /// <summary>Whose the key was listed as when it signed.</summary>
    public required string Name { get; init; }

    public required SignatureKind Kind { get; init; }

    /// <summary>A Signature of the protocol, encoded.</summary>
    public required byte[] Signature { get; init; }

    public required DateTimeOffset SignedTime { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<OperationSignatureRow>
    {
        public void Configure(EntityTypeBuilder<OperationSignatureRow> builder)
        {
            builder.ToTable("operation_signatures").HasKey(row => new { row.OperationNumber, row.KeyId });
            builder.HasOne<OperationRow>().WithMany().HasForeignKey(row => row.OperationNumber).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A step of an operation, as stored; only ever added.</summary>
internal sealed class OperationEventRow
{
    public long EventId { get; init; }

    public required long OperationNumber { get; init; }

    public required OperationStep Step { get; init; }

    public required DateTimeOffset OccurredTime { get; init; }

    /// <summary>Who: "person:ID", "token:HASH", "controller" or "server".</summary>
    public required string Actor { get; init; }

    /// <summary>Why, or what came with it; empty where the step says it all.</summary>
    public required string Text { get; init; }

    /// <summary>A consent: the hash of the plan that was read. Empty otherwise.</summary>
    public required string PlanHash { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<OperationEventRow>
    {
        public void Configure(EntityTypeBuilder<OperationEventRow> builder)
        {
            builder.ToTable("operation_events").HasKey(row => row.EventId);
            builder.HasIndex(row => new { row.OperationNumber, row.EventId });
            builder.HasOne<OperationRow>().WithMany().HasForeignKey(row => row.OperationNumber).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>An entry of a server's journal, as it was told.</summary>
internal sealed class OperationEntryRow
{
    /// <summary>In the order in which they came.</summary>
    public long Arrival { get; init; }

    public required long OperationNumber { get; init; }

    /// <summary>Its place in the server's journal of this order, from 1.</summary>
    public required long Entry { get; init; }

    public required bool IsOutput { get; init; }

    public required DateTimeOffset ReceivedTime { get; init; }

    /// <summary>The report's exact bytes; empty for output that is not kept any more.</summary>
    public required byte[] Content { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<OperationEntryRow>
    {
        public void Configure(EntityTypeBuilder<OperationEntryRow> builder)
        {
            builder.ToTable("operation_entries").HasKey(row => row.Arrival);
            builder.HasIndex(row => new { row.OperationNumber, row.Entry }).IsUnique();
            builder.HasOne<OperationRow>().WithMany().HasForeignKey(row => row.OperationNumber).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
