using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Roots;
using HaiSoft.Protocol.Trust.Signatures;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Catalogues;

/// <summary>A catalogue that was verified.</summary>
public sealed class TrustedCatalogue
{
    private TrustedCatalogue(Catalogue content, TrustedRoot root, Lifetime lifetime, string sha256)
    {
        Content = content;
        Root = root;
        Lifetime = lifetime;
        Held = new(content.Version, sha256);
        Packages = content.Packages.ToDictionary(package => package.Name);
        Operations = content.Operations.ToDictionary(operation => operation.Kind);
        Approvers = content.Approvers.Select(approver => ListedKey.Of(approver.Key, approver.Kind)).ToDictionary(key => key.Key.Id);
        Controllers = content.Controllers.Select(key => ListedKey.Of(key)).ToDictionary(key => key.Key.Id);
    }

    /// <summary>What it says.</summary>
    public Catalogue Content { get; }

    /// <summary>What it was verified by.</summary>
    public TrustedRoot Root { get; }

    /// <summary>From when to when.</summary>
    public Lifetime Lifetime { get; }

    /// <summary>What to keep of it, for the next.</summary>
    public HeldCatalogue Held { get; }

    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, Package> Packages { get; }

    /// <summary>By kind.</summary>
    public IReadOnlyDictionary<OperationKind, Operation> Operations { get; }

    /// <summary>By key id.</summary>
    public IReadOnlyDictionary<string, ListedKey> Approvers { get; }

    /// <summary>By key id.</summary>
    public IReadOnlyDictionary<string, ListedKey> Controllers { get; }

    /// <summary>Why it, or its root, does not count now; null when both do.</summary>
    public Refused? WhyNot(DateTimeOffset now) => Root.WhyNot(now) ?? Lifetime.WhyNot(CatalogueRules.Lifetime, now);

    /// <summary>Reads what an envelope holds; whoever signed it.</summary>
    internal static Judged<TrustedCatalogue> Read(OpenedEnvelope envelope, TrustedRoot root)
    {
        Judged<Catalogue> read = ExactBytes.Read(Catalogue.Parser, envelope.Payload.Span);
        if (read.Refusal is { } unreadable)
            return unreadable;
        Faults unknown = new();
        OperationRules.FindUnknown(read.Accepted, unknown);
        Faults faults = new();
        Lifetime? lifetime = CatalogueRules.Find(read.Accepted, faults);
        if ((unknown.AsRefusal(TrustRefusal.CatalogueUnknownOperation) ?? faults.AsRefusal(TrustRefusal.CatalogueContent)) is { } refusal)
            return refusal;
        return lifetime!.WhyTooLong(CatalogueRules.Lifetime) is { } tooLong ? tooLong : new TrustedCatalogue(read.Accepted, root, lifetime, envelope.Sha256);
    }
}

/// <summary>What is kept of the last catalogue that was accepted: no other of its version is, and none of a lower one.</summary>
/// <param name="Sha256">Of its exact bytes, 64 lower-case hexadecimal digits.</param>
public sealed record HeldCatalogue(long Version, string Sha256);
