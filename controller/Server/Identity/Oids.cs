namespace HaiSoft.Controller.Identity;

/// <summary>Object identifiers of RFC 5280 and RFC 5480.</summary>
internal static class Oids
{
    /// <summary>id-kp-serverAuth.</summary>
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>id-kp-clientAuth.</summary>
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>secp256r1, also known as P-256.</summary>
    public const string P256 = "1.2.840.10045.3.1.7";
}
