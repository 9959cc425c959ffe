using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Signatures;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Roots;

/// <summary>
/// How a root comes to be trusted: the first by its fingerprint, every later one by the one before. Dates are not judged here, so that
/// a server that was off for long can follow through versions that have expired: ask the last for <see cref="TrustedRoot.WhyNot"/>.
/// </summary>
public static class RootVerification
{
    /// <summary>The root with a fingerprint that came from paper or with the package. Signatures by keys of the version before it cannot be judged, and are not.</summary>
    /// <param name="fingerprint">SHA-256 of its exact bytes, 64 lower-case hexadecimal digits.</param>
    public static Judged<TrustedRoot> Pin(ReadOnlySpan<byte> envelope, string fingerprint)
    {
        Judged<OpenedEnvelope> opened = OpenedEnvelope.Open(envelope, PayloadTypes.Root);
        if (opened.Refusal is { } refusal)
            return refusal;
        if (opened.Accepted.Sha256 != fingerprint)
            return new Refused(TrustRefusal.RootWrongFingerprint, $"The root's fingerprint is {opened.Accepted.Sha256}; {fingerprint} is trusted.");
        Judged<TrustedRoot> read = TrustedRoot.Read(opened.Accepted);
        if (read.Refusal is not null)
            return read;
        Judged<Signers> signers = Signers.Of(opened.Accepted.SignedBy(read.Accepted.RootKeys), read.Accepted.RootKeys);
        return (signers.Refusal ?? WhyTooFew(read.Accepted, signers.Accepted)) is { } tooFew ? tooFew : read;
    }

    /// <summary>The root that follows on the one that is held: one version higher, signed by enough keys of both.</summary>
    /// <returns>It; or the one that is held, when it is that.</returns>
    public static Judged<TrustedRoot> Follow(TrustedRoot held, ReadOnlySpan<byte> envelope)
    {
        Judged<OpenedEnvelope> opened = OpenedEnvelope.Open(envelope, PayloadTypes.Root);
        if (opened.Refusal is { } refusal)
            return refusal;
        Judged<TrustedRoot> read = TrustedRoot.Read(opened.Accepted);
        if (read.Refusal is not null)
            return read;
        TrustedRoot next = read.Accepted;
        if (next.Fingerprint == held.Fingerprint)
            return held;
        return (WhyNotNext(held, next) ?? WhyNotSigned(held, next, opened.Accepted)) is { } notNext ? notNext : next;
    }

    private static Refused? WhyNotNext(TrustedRoot held, TrustedRoot next)
    {
        long version = next.Content.Version;
        long heldVersion = held.Content.Version;
        if (version < heldVersion)
            return new(TrustRefusal.RootLowerVersion, $"The root has version {version}; {heldVersion} is held.");
        if (version == heldVersion)
            return new(TrustRefusal.RootChanged, $"Another root of version {version} is held.");
        return version == heldVersion + 1
            ? null
            : new(TrustRefusal.RootSkippedVersion, $"The root has version {version}; {heldVersion + 1} must be given first.");
    }

    private static Refused? WhyNotSigned(TrustedRoot held, TrustedRoot next, OpenedEnvelope envelope)
    {
        Dictionary<string, ListedKey> both = new(held.RootKeys);
        foreach ((string id, ListedKey key) in next.RootKeys)
            both[id] = key;
        Judged<Signers> signers = Signers.Of(envelope, both);
        if (signers.Refusal is { } refusal)
            return refusal;
        int ofHeld = signers.Accepted.CountOf(held.RootKeys);
        return ofHeld < held.Content.RootKeys.Threshold
            ? new(TrustRefusal.RootTooFewPreviousSignatures, $"{ofHeld} keys of version {held.Content.Version} signed it; {held.Content.RootKeys.Threshold} must.")
            : WhyTooFew(next, signers.Accepted);
    }

    private static Refused? WhyTooFew(TrustedRoot root, Signers signers)
    {
        int count = signers.CountOf(root.RootKeys);
        return count < root.Content.RootKeys.Threshold
            ? new(TrustRefusal.RootTooFewSignatures, $"{count} of its own keys signed it; {root.Content.RootKeys.Threshold} must.")
            : null;
    }
}
