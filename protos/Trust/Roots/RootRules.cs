using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Roots;

/// <summary>What must hold for what a root says, whoever signed it.</summary>
public static class RootRules
{
    internal static readonly LifetimeRule Lifetime = new(
        "root", TimeSpan.FromDays(400), TrustRefusal.RootLifetime, TrustRefusal.RootFromFuture, TrustRefusal.RootExpired);

    /// <summary>Everything that is wrong with it.</summary>
    public static IReadOnlyList<Fault> Find(Root root)
    {
        Faults faults = new();
        if (Find(root, faults)?.WhyTooLong(Lifetime) is { } tooLong)
            faults.Add("expiryTime", tooLong.Words);
        return faults.Found;
    }

    /// <returns>From when to when it counts; null when that is one of the faults.</returns>
    internal static Lifetime? Find(Root root, Faults faults)
    {
        faults.Unless(root.Version >= 1, "version", $"is {root.Version}: the first is 1.");
        Lifetime? lifetime = Judgement.Lifetime.Read(root.CreatedTime, root.ExpiryTime, faults);
        KeyRules.Find(root.RootKeys, "rootKeys", faults);
        KeyRules.Find(root.CatalogueKeys, "catalogueKeys", faults);
        return lifetime;
    }
}
