using Google.Protobuf;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Roots;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Controller.Catalogues;

/// <summary>What is published: the roots from the first to the last, and the catalogue that counts.</summary>
/// <param name="Roots">By version.</param>
/// <param name="Catalogue">Absent while none is published.</param>
internal sealed record PublishedTrust(IReadOnlyList<PublishedRootRow> Roots, PublishedCatalogueRow? Catalogue)
{
    // An offer is one message, and a server takes messages of 4 MiB.
    private const int MostRootBytes = 2 << 20;
    private const int MostRoots = 16;

    public static readonly PublishedTrust None = new([], Catalogue: null);

    /// <summary>The highest version of a root; 0 for none.</summary>
    public long RootVersion => Roots.Count == 0 ? 0 : Roots[^1].Version;

    /// <summary>0 for none.</summary>
    public long CatalogueVersion => Catalogue?.Version ?? 0;

    /// <summary>The catalogue, verified as servers verify it; or why none counts at an instant.</summary>
    public Judged<TrustedCatalogue> TrustedAt(DateTimeOffset now)
    {
        if (Roots.Count == 0 || Catalogue is null)
            return new Refused(TrustRefusal.Unspecified, "No catalogue is published: haisoftctl catalogue publish FILE.");
        TrustedRoot root = RootVerification.Pin(Roots[^1].Envelope, Roots[^1].Fingerprint).Accepted;
        return CatalogueVerification.Verify(root, Catalogue.Envelope, held: null, now);
    }

    /// <summary>
    /// What a server lacks; absent when that is nothing, or nothing that it could take. Many roots come in several turns: what it holds
    /// afterwards asks for the next.
    /// </summary>
    public TrustOffer? OfferTo(HeldByServer held)
    {
        if (!held.Pinned || (held.RootVersion >= RootVersion && held.CatalogueVersion >= CatalogueVersion))
            return null;
        TrustOffer offer = new();
        int room = MostRootBytes;
        // A server without a root knows the fingerprint of one of them, which needs not be the last.
        foreach (PublishedRootRow root in Roots.Where(root => root.Version > held.RootVersion).Take(MostRoots))
        {
            room -= root.Envelope.Length;
            if (room < 0)
                break;
            offer.Roots.Add(UnsafeByteOperations.UnsafeWrap(root.Envelope));
        }

        if (held.RootVersion + offer.Roots.Count >= RootVersion && Catalogue is { } catalogue)
            offer.Catalogue = UnsafeByteOperations.UnsafeWrap(catalogue.Envelope);
        return offer;
    }
}
