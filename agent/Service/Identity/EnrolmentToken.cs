using System.Buffers.Text;

namespace HaiSoft.Agent.Identity;

/// <summary>
/// A one-time token as a technician gives it: <c>hse1.SECRET.CA</c>, both parts base64url of 32 bytes. CA is the SHA-256
/// of the controller's CA certificate, by which the agent knows the controller before it gives the secret away (DESIGN 4).
/// </summary>
/// <param name="Text">The whole token.</param>
/// <param name="CaSha256">SHA-256 of the CA certificate's DER.</param>
internal sealed record EnrolmentToken(string Text, ReadOnlyMemory<byte> CaSha256)
{
    private const int HashLength = 32;

    /// <summary>The token of a text; <c>null</c> when it is not a whole one.</summary>
    public static EnrolmentToken? Parse(string text)
    {
        text = text.Trim();
        string[] parts = text.Split('.');
        return parts is ["hse1", var secret, var ca] && Decode(secret) is not null && Decode(ca) is { } hash
            ? new EnrolmentToken(text, hash)
            : null;
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[HashLength + 1];
        return text.Length == 43 && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out int length) && length == HashLength
            ? bytes[..HashLength]
            : null;
    }
}
