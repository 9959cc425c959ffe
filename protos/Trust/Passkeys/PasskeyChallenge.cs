using System.Security.Cryptography;
using HaiSoft.Protocol.Trust.Envelopes;

namespace HaiSoft.Protocol.Trust.Passkeys;

/// <summary>What a passkey is asked to sign. Approval and sign-in each have a domain of their own: neither's answer serves as the other's.</summary>
public static class PasskeyChallenge
{
    /// <summary>The challenge by which an order is approved, 32 bytes.</summary>
    /// <param name="order">The order's exact bytes.</param>
    public static byte[] ForOrder(ReadOnlySpan<byte> order) => SHA256.HashData(PreAuthentication.Encode(PayloadTypes.OrderPasskey, order));

    /// <summary>The challenge of a sign-in, 32 bytes.</summary>
    /// <param name="nonce">Random, used once.</param>
    public static byte[] ForSignIn(ReadOnlySpan<byte> nonce) => SHA256.HashData(PreAuthentication.Encode(PayloadTypes.SignIn, nonce));
}
