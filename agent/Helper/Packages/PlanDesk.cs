using HaiSoft.Agent.Helper.Listening;
using HaiSoft.Agent.Helper.Trust;
using HaiSoft.Protocol.Helper.V1;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>Takes what concerns operations before any of them is ordered: what they are verified by, and what they would change.</summary>
internal sealed class PlanDesk(TrustStore trust, PlanMaker plans) : IRequestDesk
{
    /// <summary>An offer: 16 roots of 256 KiB, a catalogue of 1 MiB, and room for what holds them together.</summary>
    public int MaximumRequestBytes => 6 << 20;

    public async Task<HelperResponse> AnswerAsync(HelperRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return request.VerbCase switch
            {
                HelperRequest.VerbOneofCase.OfferTrust => new() { Trust = trust.Take(request.OfferTrust) },
                HelperRequest.VerbOneofCase.ReadTrust => new() { Trust = trust.Read() },
                HelperRequest.VerbOneofCase.Plan => new() { Plan = await plans.MakeAsync(request.Plan, cancellationToken) },
                _ => new() { Refusal = new Refusal { Reason = RefusalReason.UnknownVerb } },
            };
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            // The journal is told; who asked is told by a connection that ends without an answer, and asks again.
            await Console.Error.WriteLineAsync($"haisoft-helper: {ex.Message}");
            throw new IOException(ex.Message, ex);
        }
    }

    public void Dispose() => plans.Dispose();
}
