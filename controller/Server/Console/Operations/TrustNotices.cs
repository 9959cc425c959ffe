using HaiSoft.Controller.Catalogues;
using HaiSoft.Controller.Orders;
using HaiSoft.Protocol.Trust.Judgement;

namespace HaiSoft.Controller.Console.Operations;

/// <summary>What stands in the way of every order, or soon will, where people see it in time.</summary>
internal sealed class TrustNotices(PublishedCatalogues published, OrderSealing sealing, TimeProvider time)
{
    /// <summary>Absent while nothing is in the way, and before anything was published.</summary>
    public async Task<TrustNotice?> FindAsync(CancellationToken cancellationToken)
    {
        if ((await published.CurrentAsync(cancellationToken)).Catalogue is null)
            return null;
        var now = time.GetUtcNow();
        var judged = await sealing.CatalogueAsync(now, cancellationToken);
        if (judged.Refusal is { } refusal)
            return new(refusal.Words, Expiry: null);
        var lifetime = judged.Accepted.Lifetime;
        return lifetime.WarningAt(now) == ExpiryWarning.None ? null : new(Withheld: "", lifetime.Expiry);
    }
}

/// <summary>Why orders come to nothing, now or soon.</summary>
/// <param name="Withheld">Why none can be signed or sent now; empty while they can.</param>
/// <param name="Expiry">When the catalogue expires, if that is within three days; servers carry nothing out then.</param>
internal sealed record TrustNotice(string Withheld, DateTimeOffset? Expiry);
