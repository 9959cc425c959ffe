using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;
using Operation = HaiSoft.Protocol.Technician.V1.Operation;
using Wire = HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Controller.Api;

/// <summary>Operations, to the wire. Enumerations have the same numbers on both sides.</summary>
internal static class OperationMessages
{
    public static OperationDetail ToMessage(OperationDetailView detail) => new()
    {
        Operation = ToMessage(detail.Operation),
        Order = ByteString.CopyFrom(detail.Operation.Row.Payload),
        Plan = ByteString.CopyFrom(detail.Plan ?? []),
        Signatures =
        {
            detail.Signatures.Select(signature => new OperationSignature
            {
                KeyId = signature.KeyId,
                Name = signature.Name,
                Kind = signature.Kind,
                SignedTime = signature.SignedTime.ToTimestamp(),
            }),
        },
        Story =
        {
            detail.Story.Select(happened => new OperationEvent
            {
                Step = (Wire.OperationStep)happened.Step,
                OccurredTime = happened.At.ToTimestamp(),
                Actor = happened.Actor,
                Text = happened.Text,
            }),
        },
        Reports = { detail.Entries.Select(ToMessage) },
    };

    public static Operation ToMessage(OperationView view) => new()
    {
        OperationId = view.Row.OperationNumber.ToString(CultureInfo.InvariantCulture),
        OrderId = view.Row.OrderId,
        Server = view.Server,
        Customer = view.Customer,
        Kind = view.Row.Kind,
        State = (Wire.OperationState)view.Row.State,
        RequestId = view.Row.RequestNumber?.ToString(CultureInfo.InvariantCulture) ?? "",
        IncidentId = view.Row.IncidentNumber?.ToString(CultureInfo.InvariantCulture) ?? "",
        DraftedBy = view.DraftedBy,
        DraftedTime = view.Row.DraftedTime.ToTimestamp(),
        WindowStartTime = view.Row.WindowStartTime.ToTimestamp(),
        WindowEndTime = view.Row.WindowEndTime.ToTimestamp(),
        ExpiryTime = view.Row.WindowEndTime.ToTimestamp(),
        PlanSha256 = view.Row.PlanHash,
        SignaturesMissingCount = view.SignaturesMissing,
        ConsentMissing = view.ConsentMissing,
        CancelAsked = view.Row.CancelAsked,
        ReviewDueTime = Instants.Write(view.Row.ReviewDueTime),
        Withheld = view.Withheld,
        UndoesOperationId = view.Row.UndoesNumber?.ToString(CultureInfo.InvariantCulture) ?? "",
        UndoneBy =
        {
            view.UndoneBy.Select(undo => new Undoing
            {
                OperationId = undo.Number.ToString(CultureInfo.InvariantCulture),
                State = (Wire.OperationState)undo.State,
            }),
        },
        BackupOption = view.BackupOption,
        Settled = view.IsSettled,
        RolloutId = view.Row.RolloutNumber?.ToString(CultureInfo.InvariantCulture) ?? "",
    };

    public static OrderReport ToMessage(OperationEntryRow entry) => OrderReport.Parser.ParseFrom(entry.Content);
}
