using HaiSoft.Ctl.Display;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Json;

/// <summary>Operations as shapes.</summary>
internal static class OperationShaping
{
    public static OperationShape Of(Operation operation) => new(
        operation.OperationId,
        operation.OrderId,
        operation.Server,
        operation.Customer,
        OperationWords.Of(operation.Kind),
        OperationWords.Of(operation.State),
        Text(operation.RequestId),
        Text(operation.IncidentId),
        operation.DraftedBy,
        Words.Of(operation.DraftedTime),
        Words.Of(operation.WindowStartTime),
        Words.Of(operation.WindowEndTime),
        operation.PlanSha256,
        operation.SignaturesMissingCount,
        operation.ConsentMissing,
        operation.CancelAsked,
        Words.Of(operation.ReviewDueTime),
        Text(operation.Withheld),
        Text(operation.UndoesOperationId),
        [.. operation.UndoneBy.Select(undo => undo.OperationId)],
        operation.BackupOption,
        operation.Settled,
        Text(operation.RolloutId));

    public static OperationDetailShape Of(OperationDetail detail) => new(
        Of(detail.Operation),
        detail.Order.ToBase64(),
        detail.Plan.IsEmpty ? null : detail.Plan.ToBase64(),
        [.. detail.Signatures.Select(signature => new SignatureShape(signature.KeyId, signature.Kind == Protocol.Trust.V1.SignatureKind.Passkey ? "passkey" : "key_file"))],
        [.. detail.Story.Select(e => new OperationEventShape(OperationWords.Of(e.Step), Words.Of(e.OccurredTime), e.Actor, Text(e.Text)))],
        [.. detail.Reports.Select(Of)]);

    public static OperationNewsShape Of(WatchOperationResponse news) => new(
        news.Operation is { } operation ? Of(operation) : null, news.Report is { } report ? Of(report) : null);

    private static OrderReportShape Of(OrderReport report) => new(
        report.Entry, Instants.Read(report.EntryTime), SealedShaping.Content(report));

    private static string? Text(string text) => text.Length == 0 ? null : text;
}
