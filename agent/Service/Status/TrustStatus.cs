using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Status;

/// <summary>What orders are verified by, as the helper told it last.</summary>
/// <param name="Pinned">Whether a usable fingerprint of a root lies on this server.</param>
/// <param name="RootVersion">0 for none.</param>
/// <param name="RootExpiryTime">Absent without a root.</param>
/// <param name="CatalogueVersion">0 for none.</param>
/// <param name="CatalogueExpiryTime">Absent without a catalogue.</param>
/// <param name="Problem">Why the last offer was refused, or why there is no fingerprint; absent when all is well.</param>
internal sealed record TrustStatus(
    bool Pinned, long RootVersion, DateTimeOffset? RootExpiryTime, long CatalogueVersion, DateTimeOffset? CatalogueExpiryTime, string? Problem)
{
    public static TrustStatus? Of(TrustReport? trust) => trust is null
        ? null
        : new TrustStatus(
            trust.Pinned,
            trust.RootVersion,
            trust.RootExpiryTime?.ToDateTimeOffset(),
            trust.CatalogueVersion,
            trust.CatalogueExpiryTime?.ToDateTimeOffset(),
            trust.RefusalDetail.Length > 0 ? trust.RefusalDetail : null);
}
