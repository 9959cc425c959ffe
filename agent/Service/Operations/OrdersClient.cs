using HaiSoft.Agent.Privileges;
using HaiSoft.Agent.Readings;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Helper.V1;

namespace HaiSoft.Agent.Operations;

/// <summary>Hands orders over to the privileged helper, and brings back what its journal tells of them. The agent judges none of it.</summary>
internal sealed class OrdersClient(string socketPath, TimeSpan patience, TimeProvider time)
{
    /// <summary>Where the helper listens by default.</summary>
    public const string DefaultSocket = "/run/haisoft/run.sock";

    private readonly HelperSocket _socket = new(socketPath, "haisoft-run.socket", patience, time);

    /// <summary>Hands an order over; the answer has its entries so far.</summary>
    public Task<Reading<JournalAnswer>> CarryOutAsync(OrderOffer order, CancellationToken cancellationToken) =>
        AskAsync(new HelperRequest { CarryOut = order }, cancellationToken);

    /// <summary>Cancels an order; the answer has its entries so far.</summary>
    public Task<Reading<JournalAnswer>> CancelAsync(OrderCancellation cancellation, CancellationToken cancellationToken) =>
        AskAsync(new HelperRequest { Cancel = cancellation }, cancellationToken);

    /// <summary>What is new in the journal.</summary>
    public Task<Reading<JournalAnswer>> ReadAsync(ReadJournal places, CancellationToken cancellationToken) =>
        AskAsync(new HelperRequest { ReadJournal = places }, cancellationToken);

    private async Task<Reading<JournalAnswer>> AskAsync(HelperRequest request, CancellationToken cancellationToken) =>
        await _socket.AskAsync(request, cancellationToken) switch
        {
            Measured<HelperResponse> { Value.Journal: { } journal } => Reading.Measured(journal),
            Unavailable<HelperResponse> { Why: var why } => new Unavailable<JournalAnswer>(why),
            _ => new Unavailable<JournalAnswer>(HelperSocket.NotUnderstood),
        };
}
