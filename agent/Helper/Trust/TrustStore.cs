using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Roots;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Helper.Trust;

/// <summary>
/// What this server verifies plans and orders by: the pinned root and those that followed on it, and the last catalogue (DESIGN 4). It
/// is read and verified anew for each request, so that nothing counts that the files and the clock do not bear out.
/// </summary>
internal sealed class TrustStore(string folder, string pinFile, TimeProvider time)
{
    private const int MostRoots = 16;
    private const int LongestDetail = 300;
    private readonly Lock _gate = new();
    private readonly TrustFiles _files = new(folder);

    /// <summary>What is held.</summary>
    public TrustReport Read()
    {
        lock (_gate)
        {
            return Report(RootPin.Read(pinFile), refusal: null);
        }
    }

    /// <summary>Takes what holds of an offer: roots in their order, then the catalogue. What does not is told, and nothing of it kept.</summary>
    public TrustReport Take(TrustOffer offer)
    {
        lock (_gate)
        {
            var pin = RootPin.Read(pinFile);
            if (pin.Fingerprint is not { } fingerprint)
                return Report(pin, new(TrustRefusal.RootWrongFingerprint, pin.Problem));
            return Report(pin, TakeRoots(offer.Roots, fingerprint) ?? TakeCatalogue(offer.Catalogue, fingerprint));
        }
    }

    /// <summary>The catalogue that counts now; null when none does.</summary>
    public TrustedCatalogue? Catalogue() => Judge() is { Refusal: null } judged ? judged.Accepted : null;

    /// <summary>The catalogue that counts now, or why none does.</summary>
    public Judged<TrustedCatalogue> Judge()
    {
        lock (_gate)
        {
            var pin = RootPin.Read(pinFile);
            if (pin.Fingerprint is not { } fingerprint)
                return new Refused(TrustRefusal.RootWrongFingerprint, pin.Problem);
            if (LoadRoot(fingerprint) is not { } root)
                return new Refused(TrustRefusal.RootWrongFingerprint, "No root is held that a catalogue could be verified by.");
            return HeldCatalogueFile.Read(_files.ReadCatalogue()) is { } held
                ? Verify(root, held)
                : new Refused(TrustRefusal.CatalogueTooFewSignatures, "No catalogue is held.");
        }
    }

    private Refused? TakeRoots(RepeatedField<ByteString> offered, string fingerprint)
    {
        if (offered.Count > MostRoots)
            return new(TrustRefusal.TooLarge, $"{offered.Count} roots were offered; the most is {MostRoots}.");
        var root = LoadRoot(fingerprint);
        foreach (var envelope in offered.Select(bytes => bytes.ToByteArray()).OrderBy(OfferedRoot.VersionOf))
        {
            if (OfferedRoot.IsBefore(envelope, root, fingerprint))
                continue;
            var judged = root is null ? RootVerification.Pin(envelope, fingerprint) : RootVerification.Follow(root, envelope);
            if (judged.Refusal is { } refusal)
                return refusal;
            if (judged.Accepted != root)
                _files.WriteRoot(judged.Accepted.Content.Version, envelope);
            root = judged.Accepted;
        }

        return root is null && offered.Count > 0
            ? new(TrustRefusal.RootWrongFingerprint, $"None of the roots that were offered has the fingerprint {fingerprint}, which is trusted.")
            : null;
    }

    private Refused? TakeCatalogue(ByteString offered, string fingerprint)
    {
        if (offered.IsEmpty)
            return null;
        if (LoadRoot(fingerprint) is not { } root)
            return new(TrustRefusal.RootWrongFingerprint, "No root is held that a catalogue could be verified by: offer the one with the trusted fingerprint.");
        var envelope = offered.ToByteArray();
        var held = HeldCatalogueFile.Read(_files.ReadCatalogue());
        if (CatalogueVerification.Verify(root, envelope, held?.Held, time.GetUtcNow()).Refusal is { } refusal)
            return refusal;
        // The same catalogue may come again with signatures by the keys of another root.
        if (held is null || !envelope.AsSpan().SequenceEqual(held.Envelope))
            _files.WriteCatalogue(envelope);
        return null;
    }

    private TrustedRoot? LoadRoot(string fingerprint)
    {
        TrustedRoot? root = null;
        foreach (var envelope in _files.ReadRoots())
        {
            var judged = root is null ? RootVerification.Pin(envelope, fingerprint) : RootVerification.Follow(root, envelope);
            root = judged.Refusal is null ? judged.Accepted : root;
        }

        return root;
    }

    private Judged<TrustedCatalogue> Verify(TrustedRoot root, HeldCatalogueFile held) =>
        CatalogueVerification.Verify(root, held.Envelope, held.Held, time.GetUtcNow());

    private TrustReport Report(RootPin pin, Refused? refusal)
    {
        var detail = refusal?.Words ?? pin.Problem;
        var report = new TrustReport
        {
            Pinned = pin.Fingerprint is not null,
            Refusal = refusal?.Reason ?? TrustRefusal.Unspecified,
            RefusalDetail = detail.Length <= LongestDetail ? detail : detail[..LongestDetail],
        };
        if (pin.Fingerprint is null || LoadRoot(pin.Fingerprint) is not { } root)
            return report;
        report.RootVersion = root.Content.Version;
        report.RootExpiryTime = root.Lifetime.Expiry.ToTimestamp();
        if (HeldCatalogueFile.Read(_files.ReadCatalogue()) is { } held && IsSigned(Verify(root, held)))
        {
            report.CatalogueVersion = held.Held.Version;
            report.CatalogueExpiryTime = held.Content.ExpiryTime;
            report.CatalogueHash = ByteString.CopyFrom(Convert.FromHexString(held.Held.Sha256));
        }

        return report;
    }

    // The clock alone is against it, or nothing.
    private static bool IsSigned(Judged<TrustedCatalogue> judged) => judged.Refusal?.Reason is null
        or TrustRefusal.RootExpired or TrustRefusal.RootFromFuture or TrustRefusal.CatalogueExpired or TrustRefusal.CatalogueFromFuture;
}
