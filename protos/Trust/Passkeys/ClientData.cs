using System.Text.Json;
using System.Text.Unicode;

namespace HaiSoft.Protocol.Trust.Passkeys;

/// <summary>
/// What a browser says that it signed for (WebAuthn, CollectedClientData): members that are not known are passed over, as the
/// specification asks; one that is known and there twice makes it unreadable.
/// </summary>
/// <param name="Type">"webauthn.get".</param>
/// <param name="Challenge">base64url without padding.</param>
/// <param name="Origin">"https://console.example".</param>
/// <param name="IsFramed">It was asked for in a frame of another site.</param>
internal sealed record ClientData(string Type, string Challenge, string Origin, bool IsFramed)
{
    /// <summary>The longest that is read, bytes.</summary>
    public const int Largest = 4 * 1024;

    /// <summary>Reads it; null when it is not usable.</summary>
    public static ClientData? Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > Largest || !Utf8.IsValid(json))
            return null;
        try
        {
            return new Reading().Take(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter: half of a surrogate pair, or a member of another type.
            return null;
        }
    }

    private sealed class Reading
    {
        private string? _type;
        private string? _challenge;
        private string? _origin;
        private bool? _crossOrigin;
        private string? _topOrigin;

        public ClientData? Take(ReadOnlySpan<byte> json)
        {
            Utf8JsonReader reader = new(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                TakeMember(ref reader);
            bool atEnd = reader.TokenType == JsonTokenType.EndObject && !reader.Read();
            return atEnd && _type is not null && _challenge is not null && _origin is not null
                ? new(_type, _challenge, _origin, _crossOrigin == true || _topOrigin is not null)
                : null;
        }

        private void TakeMember(ref Utf8JsonReader reader)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "type":
                    Once(ref _type, reader.GetString());
                    break;
                case "challenge":
                    Once(ref _challenge, reader.GetString());
                    break;
                case "origin":
                    Once(ref _origin, reader.GetString());
                    break;
                case "topOrigin":
                    Once(ref _topOrigin, reader.GetString());
                    break;
                case "crossOrigin":
                    _crossOrigin = _crossOrigin is null ? reader.GetBoolean() : throw new JsonException();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        private static void Once(ref string? member, string? value) => member = member is null ? value ?? throw new JsonException() : throw new JsonException();
    }
}
