using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Roots;
using HaiSoft.Protocol.Trust.Signatures;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Catalogues;

/// <summary>How a catalogue comes to be trusted: by the keys to which the root delegates, never in place of a later one.</summary>
public static class CatalogueVerification
{
    /// <summary>Verifies a catalogue.</summary>
    /// <param name="held">The last that was accepted; null when none was.</param>
    public static Judged<TrustedCatalogue> Verify(TrustedRoot root, ReadOnlySpan<byte> envelope, HeldCatalogue? held, DateTimeOffset now)
    {
        Judged<OpenedEnvelope> opened = OpenedEnvelope.Open(envelope, PayloadTypes.Catalogue);
        if ((root.WhyNot(now) ?? opened.Refusal ?? WhyNotSigned(root, opened)) is { } refusal)
            return refusal;
        Judged<TrustedCatalogue> read = TrustedCatalogue.Read(opened.Accepted, root);
        return read.Refusal is null && (WhyNotAfter(held, read.Accepted.Held) ?? read.Accepted.WhyNot(now)) is { } notNow ? notNow : read;
    }

    private static Refused? WhyNotSigned(TrustedRoot root, Judged<OpenedEnvelope> opened)
    {
        Judged<Signers> signers = Signers.Of(opened.Accepted, root.CatalogueKeys);
        int threshold = root.Content.CatalogueKeys.Threshold;
        if (signers.Refusal is not null || signers.Accepted.All.Count >= threshold)
            return signers.Refusal;
        return new(TrustRefusal.CatalogueTooFewSignatures, $"{signers.Accepted.All.Count} of the root's catalogue keys signed it; {threshold} must.");
    }

    private static Refused? WhyNotAfter(HeldCatalogue? held, HeldCatalogue given)
    {
        if (held is null || given.Version > held.Version || given == held)
            return null;
        return given.Version < held.Version
            ? new(TrustRefusal.CatalogueLowerVersion, $"The catalogue has version {given.Version}; {held.Version} is held.")
            : new(TrustRefusal.CatalogueChanged, $"Another catalogue of version {held.Version} is held.");
    }
}
