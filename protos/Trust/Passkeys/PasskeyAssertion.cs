using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Passkeys;

/// <summary>A passkey's signature over a challenge (WebAuthn level 2, 7.2), with nothing believed that the controller says.</summary>
internal static class PasskeyAssertion
{
    /// <summary>Why it does not count; null when it does.</summary>
    /// <param name="challenge">What must have been signed for, 32 bytes.</param>
    public static Refused? WhyNot(Signature signature, VerificationKey key, PasskeySettings settings, ReadOnlySpan<byte> challenge)
    {
        if (signature.Passkey is not { } proof || ClientData.Read(proof.ClientDataJson.Span) is not { } client)
            return new(TrustRefusal.PasskeyMalformed, "The passkey's client data are missing or cannot be read.");
        AuthenticatorData authenticator = new(proof.AuthenticatorData.Span);
        if (!authenticator.IsWhole)
            return new(TrustRefusal.PasskeyMalformed, "The passkey's authenticator data are missing or cannot be read.");
        return WhyNot(client, settings, challenge) ?? WhyNot(authenticator, settings)
            ?? (IsSigned(signature, key, proof) ? null : new(TrustRefusal.BadSignature, $"The passkey's signature of key {key.Id} is not right."));
    }

    private static Refused? WhyNot(ClientData client, PasskeySettings settings, ReadOnlySpan<byte> challenge)
    {
        if (client.Type != "webauthn.get")
            return new(TrustRefusal.PasskeyWrongType, $"The passkey signed \"{client.Type}\", not \"webauthn.get\".");
        if (client.Challenge != Base64Url.EncodeToString(challenge))
            return new(TrustRefusal.PasskeyWrongChallenge, "The passkey signed for something else than this order.");
        return client.IsFramed || !settings.Origins.Contains(client.Origin)
            ? new(TrustRefusal.PasskeyWrongOrigin, $"The passkey was used at \"{client.Origin}\"{(client.IsFramed ? ", in a frame" : "")}; the catalogue lists {string.Join(", ", settings.Origins)}.")
            : null;
    }

    private static Refused? WhyNot(AuthenticatorData authenticator, PasskeySettings settings)
    {
        if (!authenticator.RelyingPartyHash.SequenceEqual(SHA256.HashData(Encoding.UTF8.GetBytes(settings.RelyingPartyId))))
            return new(TrustRefusal.PasskeyWrongRelyingParty, $"The passkey is not one of {settings.RelyingPartyId}.");
        if (!authenticator.IsUserPresent)
            return new(TrustRefusal.PasskeyUserAbsent, "The passkey was not touched by anybody.");
        return authenticator.IsUserVerified ? null : new(TrustRefusal.PasskeyUserNotVerified, "The passkey did not ask who touched it (PIN, fingerprint).");
    }

    private static bool IsSigned(Signature signature, VerificationKey key, PasskeyProof proof) => key.Verifies(
        [.. proof.AuthenticatorData.Span, .. SHA256.HashData(proof.ClientDataJson.Span)], signature.Signature_.Span, DSASignatureFormat.Rfc3279DerSequence);
}
