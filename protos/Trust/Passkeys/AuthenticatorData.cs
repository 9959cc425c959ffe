namespace HaiSoft.Protocol.Trust.Passkeys;

/// <summary>
/// What an authenticator says (WebAuthn, authenticator data of an assertion): 32 bytes hash, 1 byte flags, 4 bytes counter. The counter
/// is not looked at: who verifies keeps nothing about keys.
/// </summary>
internal readonly ref struct AuthenticatorData(ReadOnlySpan<byte> bytes)
{
    private const int Length = 37;
    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte HasKey = 0x40;
    private const byte HasExtensions = 0x80;
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>False when it has another length, or says that there is more in it than an assertion has.</summary>
    public bool IsWhole => _bytes.Length == Length && (_bytes[32] & (HasKey | HasExtensions)) == 0;

    /// <summary>SHA-256 of the relying party's id.</summary>
    public ReadOnlySpan<byte> RelyingPartyHash => _bytes[..32];

    /// <summary>Somebody touched it.</summary>
    public bool IsUserPresent => (_bytes[32] & UserPresent) != 0;

    /// <summary>It asked who touched it: a PIN, a fingerprint.</summary>
    public bool IsUserVerified => (_bytes[32] & UserVerified) != 0;
}
