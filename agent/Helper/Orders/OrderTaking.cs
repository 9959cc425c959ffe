using Google.Protobuf;
using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Agent.Helper.Trust;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Helper.V1;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Helper.Orders;

/// <summary>Takes orders: each is recorded before it is judged, by what this server holds itself.</summary>
/// <param name="root">The root of the system that orders are for: "/".</param>
internal sealed class OrderTaking(OrderJournal journal, TrustStore trust, string root, TimeProvider time)
{
    private readonly Lock _gate = new();

    /// <summary>
    /// What is told of an order: all its entries so far. Of another order under an id that is held, its refusal, which is no entry
    /// (number 0); of what bears no id, nothing.
    /// </summary>
    public JournalAnswer Take(ReadOnlySpan<byte> envelope)
    {
        if (Read(envelope) is not var (content, sha256))
            return new JournalAnswer();
        var id = Convert.ToHexStringLower(content.OrderId.Span);
        lock (_gate)
        {
            if (journal.Find(id) is not { } held)
                return Tell(Add(id, envelope));
            return held.Sha256 == sha256 ? Tell(held) : Held(content.OrderId);
        }
    }

    /// <summary>Judges an order that is recorded, and records that.</summary>
    public void Judge(HeldOrder order)
    {
        var catalogue = trust.Judge();
        var others = journal.All().Select(held => held.Id).Where(id => id != order.Id).ToHashSet();
        var refusal = catalogue.Refusal
            ?? OrderVerification.Verify(catalogue.Accepted, order.ReadEnvelope(), new OrderReceiver(MachineId.Read(root), others, time.GetUtcNow())).Refusal;
        order.Append(refusal is null
            ? new OrderStep { State = OrderState.Verified }
            : new OrderStep { State = OrderState.Refused, Refusal = refusal.Reason, Detail = refusal.Words });
    }

    /// <summary>All that is told of one order.</summary>
    public static JournalAnswer Tell(HeldOrder order) => new() { Entries = { order.Entries() }, Working = !order.HasEnded() };

    private HeldOrder Add(string id, ReadOnlySpan<byte> envelope)
    {
        journal.Prune();
        ReadyPlan.Prune(journal);
        var order = journal.Add(id, envelope);
        order.Append(new OrderStep { State = OrderState.Received });
        Judge(order);
        return order;
    }

    private static (Order Content, string Sha256)? Read(ReadOnlySpan<byte> envelope)
    {
        var opened = OpenedEnvelope.Open(envelope, PayloadTypes.Order);
        var read = opened.Refusal is null ? ExactBytes.Read(Order.Parser, opened.Accepted.Payload.Span) : null;
        return read is { Refusal: null } && read.Accepted.OrderId.Length == OrderRules.IdLength ? (read.Accepted, opened.Accepted.Sha256) : null;
    }

    private static JournalAnswer Held(ByteString id) => new()
    {
        Entries =
        {
            new OrderReport
            {
                OrderId = id,
                Step = new OrderStep { State = OrderState.Refused, Refusal = TrustRefusal.OrderHeld, Detail = "Another order with this id came before." },
            },
        },
    };
}
