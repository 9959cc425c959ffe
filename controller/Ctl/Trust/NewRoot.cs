using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Trust;

/// <summary>Roots to be signed.</summary>
internal static class NewRoot
{
    /// <summary>The first.</summary>
    public static Root First(KeySet rootKeys, KeySet catalogueKeys, DateTimeOffset now, int days) =>
        Date(new Root { Version = 1, RootKeys = rootKeys, CatalogueKeys = catalogueKeys }, now, days);

    /// <summary>What follows on another; what is null stays as it is.</summary>
    public static Root After(Root root, KeySet? rootKeys, KeySet? catalogueKeys, DateTimeOffset now, int days) => Date(
        new Root { Version = root.Version + 1, RootKeys = rootKeys ?? root.RootKeys, CatalogueKeys = catalogueKeys ?? root.CatalogueKeys }, now, days);

    private static Root Date(Root root, DateTimeOffset now, int days)
    {
        DateTimeOffset second = WholeSecond.Of(now);
        root.CreatedTime = second.ToTimestamp();
        root.ExpiryTime = second.AddDays(days).ToTimestamp();
        return root;
    }
}
