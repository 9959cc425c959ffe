using System.Buffers.Text;
using System.Text.Json;

namespace HaiSoft.Controller.People;

/// <summary>What a browser answers after it asked a passkey (WebAuthn, AuthenticationResponseJSON). Nothing is verified yet.</summary>
/// <param name="CredentialId">Which passkey: an answer that names two is none.</param>
/// <param name="ClientDataJson">What the browser says that was signed for.</param>
/// <param name="AuthenticatorData">What the authenticator says.</param>
/// <param name="Signature">Over both, DER.</param>
internal sealed record PasskeyAnswer(byte[] CredentialId, byte[] ClientDataJson, byte[] AuthenticatorData, byte[] Signature)
{
    private const int Longest = 16 * 1024;

    /// <summary>Reads it; null when it is none.</summary>
    public static PasskeyAnswer? Read(string? json)
    {
        if (json is null || json.Length > Longest)
            return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var response = document.RootElement.GetProperty("response");
            var id = Bytes(document.RootElement, "id");
            return Bytes(document.RootElement, "rawId").AsSpan().SequenceEqual(id)
                ? new(id, Bytes(response, "clientDataJSON"), Bytes(response, "authenticatorData"), Bytes(response, "signature"))
                : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static byte[] Bytes(JsonElement part, string name) => Base64Url.DecodeFromChars(part.GetProperty(name).GetString());
}
