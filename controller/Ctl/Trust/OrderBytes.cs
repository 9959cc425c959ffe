using Google.Protobuf;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Trust;

/// <summary>
/// An order and its plan as the controller gave them: exact bytes that are read here, so that an approver signs what this program shows
/// and nothing else.
/// </summary>
internal sealed record OrderBytes(OpenedEnvelope Envelope, Order Order, PlanFile Plan)
{
    /// <summary>Reads them, and checks that they belong together.</summary>
    /// <exception cref="CtlException">One cannot be read, or the order is not for this plan.</exception>
    public static OrderBytes Read(OperationDetail detail)
    {
        Envelope envelope = new() { PayloadType = PayloadTypes.Order, Payload = detail.Order };
        OpenedEnvelope opened = Must(OpenedEnvelope.Open(envelope.ToByteArray(), PayloadTypes.Order));
        Order order = Must(ExactBytes.Read(Order.Parser, opened.Payload.Span));
        if (detail.Plan.IsEmpty)
            throw new CtlException(ExitCode.Refused, "The controller does not keep the plan any more: what cannot be shown is not to be signed.");
        PlanFile plan = PlanFile.Read(detail.Plan.ToByteArray(), "The plan");
        return WhyNot(order, plan) is { } why ? throw new CtlException(ExitCode.Refused, $"Not to be signed: {why}") : new(opened, order, plan);
    }

    /// <summary>A signature over the exact bytes.</summary>
    public Signature Sign(PrivateKey key) => Must(OpenedEnvelope.Open(Sealing.AddSignature(Envelope, key))).Signatures[0];

    private static string? WhyNot(Order order, PlanFile plan)
    {
        if (Convert.ToHexStringLower(order.PlanHash.Span) != plan.Sha256)
            return $"the order names another plan ({Convert.ToHexStringLower(order.PlanHash.Span)}) than the one that the controller shows.";
        if (order.MachineId != plan.Plan.MachineId)
            return "the order is for another machine than the one that made the plan.";
        if (order.PackageStateHash != plan.Plan.PackageStateHash)
            return "the order names another state of packages than the plan.";
        return order.WhatIsOrdered()?.Equals(plan.Plan.WhatIsPlanned()) == true ? null : "the order is for another operation than the plan.";
    }

    private static T Must<T>(Judged<T> judged)
        where T : class =>
        judged.Refusal is { } refusal ? throw new CtlException(ExitCode.Refused, $"Not to be signed: {refusal.Words}") : judged.Accepted;
}
