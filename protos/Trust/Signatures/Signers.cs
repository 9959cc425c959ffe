using System.Security.Cryptography;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Passkeys;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Signatures;

/// <summary>
/// Who signed an envelope. One signature that is not right refuses it all: an envelope is what its signers made, or it is not. Keys
/// are counted, each once, never signatures or names.
/// </summary>
internal sealed class Signers
{
    private readonly Dictionary<string, ListedKey> _signers;

    private Signers(Dictionary<string, ListedKey> signers) => _signers = signers;

    /// <summary>Each key that signed, once.</summary>
    public IReadOnlyCollection<ListedKey> All => _signers.Values;

    /// <summary>How many of some keys signed.</summary>
    /// <param name="ids">Their ids.</param>
    public int CountOf(IReadOnlyDictionary<string, ListedKey> ids) => _signers.Keys.Count(ids.ContainsKey);

    /// <summary>Judges each signature of an envelope.</summary>
    /// <param name="listed">Who may sign, by key id.</param>
    /// <param name="passkeys">Where passkeys are used; null when none counts.</param>
    public static Judged<Signers> Of(OpenedEnvelope envelope, IReadOnlyDictionary<string, ListedKey> listed, PasskeySettings? passkeys = null)
    {
        byte[] signed = PreAuthentication.Encode(envelope.PayloadType, envelope.Payload.Span);
        Dictionary<string, ListedKey> signers = [];
        foreach (Signature signature in envelope.Signatures)
        {
            if (!listed.TryGetValue(signature.KeyId, out ListedKey? key))
                return new Refused(TrustRefusal.UnknownKey, $"A signature is by the key \"{signature.KeyId}\", which is not listed for this.");
            if (WhyNot(signature, key, signed, envelope.Payload.Span, passkeys) is { } refusal)
                return refusal;
            signers[key.Key.Id] = key;
        }

        return new Signers(signers);
    }

    private static Refused? WhyNot(Signature signature, ListedKey key, byte[] signed, ReadOnlySpan<byte> payload, PasskeySettings? passkeys)
    {
        if (signature.Kind != key.Kind)
            return new(TrustRefusal.WrongSignatureKind, $"The signature of {key.Name} is of another kind than the key is listed with.");
        if (key.Kind == SignatureKind.Passkey)
            return PasskeyAssertion.WhyNot(signature, key.Key, passkeys ?? new PasskeySettings(), PasskeyChallenge.ForOrder(payload));
        if (signature.Passkey is not null)
            return new(TrustRefusal.PasskeyMalformed, $"The signature of {key.Name} has a passkey's proof, and none belongs there.");
        return key.Key.Verifies(signed, signature.Signature_.Span, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
            ? null
            : new(TrustRefusal.BadSignature, $"The signature of {key.Name} (key {key.Key.Id}) is not right: these are not the bytes that were signed.");
    }
}
