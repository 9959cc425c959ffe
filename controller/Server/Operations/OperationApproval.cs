using Google.Protobuf;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Rules.Sla;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Operations;

/// <summary>
/// Takes approvers' signatures: each is judged by the catalogue that is published now, as servers will judge it. With the last that is
/// needed the order is approved, and goes to its server.
/// </summary>
internal sealed class OperationApproval(OperationSteps steps, OrderSealing sealing, OperationStory story, OrderOffers offers, IncidentChanges incidents)
{
    /// <summary>Adds a signature.</summary>
    public Task<OperationOutcome> SignAsync(long number, Signature signature, OperationActor by, CancellationToken cancellationToken) =>
        steps.ChangeAsync(
            number,
            by,
            async (session, row, token) =>
            {
                Judged<TrustedCatalogue> catalogue = await sealing.CatalogueAsync(session.Now, token);
                if (catalogue.Refusal is { } none)
                    return new OperationOutcome.Refused(none.Words);
                Order order = Order.Parser.ParseFrom(row.Payload);
                return await WhyNotAsync(session, row, order, signature, catalogue.Accepted, token) is { } why
                    ? new OperationOutcome.Refused(why)
                    : await TakeAsync(session, row, signature, catalogue.Accepted, by, token);
            },
            cancellationToken);

    private static async Task<string?> WhyNotAsync(
        WriteSession session, OperationRow row, Order order, Signature signature, TrustedCatalogue catalogue, CancellationToken cancellationToken)
    {
        if (row.State != OperationState.AwaitingApproval || row.WindowEndTime <= session.Now)
            return $"Operation {row.OperationNumber} is in state {(row.State == OperationState.AwaitingApproval ? OperationState.Expired : row.State)}: nobody signs it any more.";
        if (await session.Db.Set<OperationSignatureRow>().AnyAsync(
            other => other.OperationNumber == row.OperationNumber && other.KeyId == signature.KeyId, cancellationToken))
            return "This key has signed already: keys are counted, each once.";
        if (row.IncidentNumber is { } incident && !await DraftGrounds.IsOpenAsync(session.Db, incident, row.ServerId, cancellationToken))
            return $"Incident {incident} is not open any more: it is no emergency. Cancel the operation and draft it anew.";
        return OrderSealing.WhyNot(row.Payload, signature, order, catalogue)?.Words;
    }

    private async Task<OperationOutcome?> TakeAsync(
        WriteSession session, OperationRow row, Signature signature, TrustedCatalogue catalogue, OperationActor by, CancellationToken cancellationToken)
    {
        string name = catalogue.Approvers[signature.KeyId].Name;
        session.Db.Add(new OperationSignatureRow
        {
            OperationNumber = row.OperationNumber,
            KeyId = signature.KeyId,
            Name = name,
            Kind = signature.Kind,
            Signature = signature.ToByteArray(),
            SignedTime = session.Now,
        });
        await story.TakeAsync(session, row, OperationStep.Sign, $"{name}, key {signature.KeyId}", by, cancellationToken);
        IReadOnlyList<Signature> all = await OrderQueue.SignaturesAsync(session.Db, row.OperationNumber, cancellationToken);
        if (OrderSealing.Judge(row.Payload, all, catalogue).Accepted.Signing.Missing == 0)
            await ApproveAsync(session, row, cancellationToken);
        return null;
    }

    private async Task ApproveAsync(WriteSession session, OperationRow row, CancellationToken cancellationToken)
    {
        if (row.IncidentNumber is { } incident)
        {
            row.ReviewDueTime = session.Now + OperationStory.ReviewWithin;
            string words = $"Emergency: operation {row.OperationNumber} ({row.Kind}) is approved; to be reviewed within 24 h";
            await IncidentTimeline.AddAsync(
                session, incident, TimelineEventKind.EmergencyApproved, session.Now, "controller", words, [], cancellationToken);
            session.AfterCommit(() => incidents.Touch(incident));
        }

        await story.TakeAsync(
            session, row, OperationStep.Approve, row.IncidentNumber is null ? "" : "emergency", OperationActor.Controller, cancellationToken);
        session.AfterCommit(() => offers.Look(row.ServerId));
    }
}
