using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Catalogues;

/// <summary>What must hold for what a catalogue says, whoever signed it.</summary>
public static class CatalogueRules
{
    internal static readonly LifetimeRule Lifetime = new(
        "catalogue", TimeSpan.FromDays(30), TrustRefusal.CatalogueLifetime, TrustRefusal.CatalogueFromFuture, TrustRefusal.CatalogueExpired);

    /// <summary>Everything that is wrong with it.</summary>
    public static IReadOnlyList<Fault> Find(Catalogue catalogue)
    {
        Faults faults = new();
        if (Find(catalogue, faults)?.WhyTooLong(Lifetime) is { } tooLong)
            faults.Add("expiryTime", tooLong.Words);
        OperationRules.FindUnknown(catalogue, faults);
        return faults.Found;
    }

    /// <returns>From when to when it counts; null when that is one of the faults.</returns>
    internal static Lifetime? Find(Catalogue catalogue, Faults faults)
    {
        faults.Unless(catalogue.Version >= 1, "version", $"is {catalogue.Version}: the first is 1.");
        Lifetime? lifetime = Judgement.Lifetime.Read(catalogue.CreatedTime, catalogue.ExpiryTime, faults);
        RepositoryRules.Find(catalogue, faults);
        PackageRules.Find(catalogue, faults);
        OperationRules.Find(catalogue, faults);
        ApproverRules.Find(catalogue, faults);
        return lifetime;
    }
}
