using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Signatures;

/// <summary>A key that may sign something.</summary>
/// <param name="Kind">The kind of signature that it makes.</param>
/// <param name="Name">Whose it is, for people.</param>
public sealed record ListedKey(VerificationKey Key, SignatureKind Kind, string Name)
{
    /// <summary>Of a key whose content was judged (<see cref="KeyRules"/>).</summary>
    internal static ListedKey Of(SigningKey key, SignatureKind kind = SignatureKind.KeyFile) =>
        new(VerificationKey.Read(key.PublicKey.Span) ?? throw new InvalidOperationException("The key was not judged."), kind, key.Name);

    /// <summary>By their ids.</summary>
    internal static Dictionary<string, ListedKey> Of(KeySet keys) => keys.Keys.Select(key => Of(key)).ToDictionary(key => key.Key.Id);
}
