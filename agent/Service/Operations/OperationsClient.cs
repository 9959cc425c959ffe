using HaiSoft.Agent.Privileges;
using HaiSoft.Agent.Readings;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Helper.V1;

namespace HaiSoft.Agent.Operations;

/// <summary>
/// Hands over to the privileged helper what concerns operations, and its answers back. The agent judges none of it: what the helper says
/// goes to the controller as it is.
/// </summary>
internal sealed class OperationsClient(string socketPath, TimeSpan patience, TimeProvider time)
{
    // Longer than the helper gives its package manager.
    private static readonly TimeSpan PlanPatience = TimeSpan.FromMinutes(12);

    /// <summary>Where the helper listens by default.</summary>
    public const string DefaultSocket = "/run/haisoft/plan.sock";

    private readonly HelperSocket _socket = new(socketPath, "haisoft-plan.socket", patience, time);
    private readonly HelperSocket _plans = new(socketPath, "haisoft-plan.socket", PlanPatience, time);

    /// <summary>What orders are verified by.</summary>
    public Task<Reading<TrustReport>> ReadAsync(CancellationToken cancellationToken) =>
        AskAsync(new HelperRequest { ReadTrust = new ReadTrust() }, cancellationToken);

    /// <summary>Offers roots and a catalogue; the answer tells what is held then.</summary>
    public Task<Reading<TrustReport>> OfferAsync(TrustOffer offer, CancellationToken cancellationToken) =>
        AskAsync(new HelperRequest { OfferTrust = offer }, cancellationToken);

    /// <summary>What an operation would change, or why that cannot be told; the latter, too, when the helper does not answer.</summary>
    public async Task<PlanAnswer> PlanAsync(PlanRequest request, CancellationToken cancellationToken) =>
        await _plans.AskAsync(new HelperRequest { Plan = request }, cancellationToken) switch
        {
            Measured<HelperResponse> { Value.Plan: { } answer } => answer,
            Unavailable<HelperResponse> { Why: var why } => Failed(request, why),
            _ => Failed(request, HelperSocket.NotUnderstood),
        };

    private static PlanAnswer Failed(PlanRequest request, Unavailability why) =>
        new() { RequestId = request.RequestId, Refusal = new PlanRefusal { Reason = PlanRefusalReason.Helper, Detail = why.Detail } };

    private async Task<Reading<TrustReport>> AskAsync(HelperRequest request, CancellationToken cancellationToken) =>
        await _socket.AskAsync(request, cancellationToken) switch
        {
            Measured<HelperResponse> { Value.Trust: { } trust } => Reading.Measured(trust),
            Unavailable<HelperResponse> { Why: var why } => new Unavailable<TrustReport>(why),
            _ => new Unavailable<TrustReport>(HelperSocket.NotUnderstood),
        };
}
