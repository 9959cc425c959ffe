using HaiSoft.Controller.Orders;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Controller.Operations;

/// <summary>An operation as it stands at an instant.</summary>
/// <param name="Row">What is stored of it.</param>
/// <param name="Server">The server's name.</param>
/// <param name="Customer">The customer's name.</param>
/// <param name="BackupOption">The customer subscribed the Backup option (SLA 6).</param>
/// <param name="DraftedBy">Who drafted it, by name.</param>
/// <param name="SignaturesMissing">How many more approvers must sign, by the catalogue that is published now; 0 once it is approved.</param>
/// <param name="ConsentMissing">The customer must consent before it is sent.</param>
/// <param name="Withheld">Why it cannot be signed or sent now; empty when nothing is in the way.</param>
/// <param name="IsSettled">How it ended a technician has said.</param>
/// <param name="UndoneBy">The operations that were drafted to undo it, the newest last.</param>
internal sealed record OperationView(
    OperationRow Row,
    string Server,
    string Customer,
    bool BackupOption,
    string DraftedBy,
    int SignaturesMissing,
    bool ConsentMissing,
    string Withheld,
    bool IsSettled,
    IReadOnlyList<UndoingView> UndoneBy)
{
    /// <summary>Nothing follows.</summary>
    public bool IsEnded => OperationLife.IsEnded(Row.State);
}

/// <summary>An operation that was drafted to undo another one.</summary>
/// <param name="Number">Its number.</param>
/// <param name="State">Where it stands.</param>
internal sealed record UndoingView(long Number, OperationState State);

/// <summary>A step that was taken.</summary>
/// <param name="Step">Which.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who, by name.</param>
/// <param name="Text">Why, or what came with it; hostile where it is a server's.</param>
internal sealed record OperationEventView(OperationStep Step, DateTimeOffset At, string Actor, string Text);

/// <summary>An operation with all that is known of it.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Plan">The plan's exact bytes; absent when they are not kept any more.</param>
/// <param name="Signatures">Those that came, oldest first.</param>
/// <param name="Story">Its steps, in order.</param>
/// <param name="Entries">What the server told, in the order in which it came.</param>
internal sealed record OperationDetailView(
    OperationView Operation,
    byte[]? Plan,
    IReadOnlyList<OperationSignatureRow> Signatures,
    IReadOnlyList<OperationEventView> Story,
    IReadOnlyList<OperationEntryRow> Entries)
{
    /// <summary>What the plan says; absent when it is not kept any more.</summary>
    public Plan? ReadPlan() => Plan is null ? null : HaiSoft.Protocol.Trust.V1.Plan.Parser.ParseFrom(Plan);
}
