using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Tests.Helper.Trust;

/// <summary>A company that signs: holders of root keys and of catalogue keys, two of each kind, two approvers and a controller.</summary>
/// <param name="today">When it signs; <see cref="Now"/> when none is given.</param>
internal sealed class Company(DateTimeOffset? today = null) : IDisposable
{
    private readonly PrivateKey[] _rootKeys = [PrivateKey.Create(), PrivateKey.Create()];
    private readonly DateTimeOffset _today = DateTimeOffset.FromUnixTimeSeconds((today ?? Now).ToUnixTimeSeconds());
    private PrivateKey[] _catalogueKeys = [PrivateKey.Create(), PrivateKey.Create()];

    /// <summary>Alice's key and Bruno's. Where one approver signs it is Alice.</summary>
    public PrivateKey[] Approvers { get; } = [PrivateKey.Create(), PrivateKey.Create()];

    /// <summary>What the controller signs orders with.</summary>
    public PrivateKey Controller { get; } = PrivateKey.Create();

    public static DateTimeOffset Now { get; } = new(2026, 11, 22, 14, 0, 0, TimeSpan.Zero);

    /// <summary>What a person would type from paper.</summary>
    public static string Fingerprint(byte[] root) => OpenedEnvelope.Open(root).Accepted.Sha256;

    /// <summary>A root of this version, signed by both its holders; they are the same in all versions.</summary>
    public byte[] Root(long version, int signers = 2)
    {
        Root root = new()
        {
            Version = version,
            CreatedTime = _today.AddDays(-10).ToTimestamp(),
            ExpiryTime = _today.AddDays(355).ToTimestamp(),
            RootKeys = Set(_rootKeys),
            CatalogueKeys = Set(_catalogueKeys),
        };
        return Sign(Sealing.Seal(PayloadTypes.Root, root), _rootKeys[..signers]);
    }

    /// <summary>From the next root on, others sign catalogues.</summary>
    public void ReplaceCatalogueKeys() => _catalogueKeys = [PrivateKey.Create(), PrivateKey.Create()];

    /// <summary>A catalogue, signed by both who sign catalogues, or by the first of them.</summary>
    public byte[] Catalogue(long version, Action<Catalogue>? change = null, DateTimeOffset? now = null, int signers = 2)
    {
        Catalogue catalogue = new()
        {
            Version = version,
            CreatedTime = Seconds(now ?? _today.AddDays(-1)),
            ExpiryTime = Seconds((now ?? _today.AddDays(-1)).AddDays(7)),
            Operations = { new Operation { Kind = OperationKind.InstallPackages, SignatureCount = 1, SignatureKinds = { SignatureKind.KeyFile } } },
            Approvers = { Approvers.Zip(["Alice", "Bruno"], (key, name) => new Approver { Key = Listed(key, name), Kind = SignatureKind.KeyFile }) },
            Controllers = { Listed(Controller, "controller-1") },
        };
        change?.Invoke(catalogue);
        return Sign(Sealing.Seal(PayloadTypes.Catalogue, catalogue), _catalogueKeys[..signers]);
    }

    /// <summary>An order as it is sealed, signed by the controller and, unless it lacks that, by the approver.</summary>
    public byte[] Order(Order order, bool isApproved = true) =>
        Sign(Sealing.Seal(PayloadTypes.Order, order), isApproved ? [Controller, Approvers[0]] : [Controller]);

    public void Dispose()
    {
        foreach (PrivateKey key in (PrivateKey[])[.. _rootKeys, .. _catalogueKeys, .. Approvers, Controller])
        {
            key.Dispose();
        }
    }

    private static Timestamp Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds()).ToTimestamp();

    /// <summary>The same envelope with more signatures.</summary>
    public static byte[] Sign(byte[] envelope, params IEnumerable<PrivateKey> keys) =>
        keys.Aggregate(envelope, (signed, key) => Sealing.AddSignature(OpenedEnvelope.Open(signed).Accepted, key));

    private static KeySet Set(PrivateKey[] keys) => new() { Keys = { keys.Select((key, i) => Listed(key, $"Holder {i + 1}")) }, Threshold = 2 };

    private static SigningKey Listed(PrivateKey key, string name) =>
        new() { KeyId = key.PublicKey.Id, PublicKey = ByteString.CopyFrom(key.PublicKey.Encoded.Span), Name = name };
}
