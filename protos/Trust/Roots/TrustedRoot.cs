using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Signatures;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Roots;

/// <summary>A root that counts, or counted until it expired.</summary>
public sealed class TrustedRoot
{
    private TrustedRoot(Root content, Lifetime lifetime, string fingerprint)
    {
        Content = content;
        Lifetime = lifetime;
        Fingerprint = fingerprint;
        RootKeys = ListedKey.Of(content.RootKeys);
        CatalogueKeys = ListedKey.Of(content.CatalogueKeys);
    }

    /// <summary>What it says.</summary>
    public Root Content { get; }

    /// <summary>From when to when.</summary>
    public Lifetime Lifetime { get; }

    /// <summary>SHA-256 of its exact bytes, 64 lower-case hexadecimal digits.</summary>
    public string Fingerprint { get; }

    internal IReadOnlyDictionary<string, ListedKey> RootKeys { get; }

    internal IReadOnlyDictionary<string, ListedKey> CatalogueKeys { get; }

    /// <summary>Why it does not count now; null when it does.</summary>
    public Refused? WhyNot(DateTimeOffset now) => Lifetime.WhyNot(RootRules.Lifetime, now);

    /// <summary>Reads what an envelope holds; whoever signed it.</summary>
    internal static Judged<TrustedRoot> Read(OpenedEnvelope envelope)
    {
        Judged<Root> read = ExactBytes.Read(Root.Parser, envelope.Payload.Span);
        if (read.Refusal is { } unreadable)
            return unreadable;
        Faults faults = new();
        Lifetime? lifetime = RootRules.Find(read.Accepted, faults);
        if (faults.AsRefusal(TrustRefusal.RootContent) is { } refusal)
            return refusal;
        return lifetime!.WhyTooLong(RootRules.Lifetime) is { } tooLong ? tooLong : new TrustedRoot(read.Accepted, lifetime, envelope.Sha256);
    }
}
