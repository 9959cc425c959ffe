using System.Security.Cryptography.X509Certificates;

namespace HaiSoft.Agent.Identity;

/// <summary>Who this agent is, to whom, and how it proves it. Stored as one file, so that it is always whole.</summary>
/// <param name="AgentId">The id that enrolment gave.</param>
/// <param name="ServerName">The server's name in the controller's records.</param>
/// <param name="Controller">Where the controller serves agents.</param>
/// <param name="KeyPem">The private key, PKCS #8. It was made here and never leaves.</param>
/// <param name="CertificatePem">The certificate.</param>
/// <param name="CaPems">The controller's CA certificates.</param>
/// <param name="IssuedTime">When the certificate came, by the controller's clock.</param>
/// <param name="ControllerOffset">The controller's clock minus this server's, when the certificate came.</param>
internal sealed record AgentIdentity(
    string AgentId,
    string ServerName,
    string Controller,
    string KeyPem,
    string CertificatePem,
    IReadOnlyList<string> CaPems,
    DateTimeOffset IssuedTime,
    TimeSpan ControllerOffset)
{
    /// <summary>The address, read.</summary>
    public ControllerAddress Address =>
        ControllerAddress.Parse(Controller) ?? throw new InvalidDataException("The identity's controller address cannot be read.");

    /// <summary>When the certificate expires, by the controller's clock.</summary>
    public DateTimeOffset ExpiryTime
    {
        get
        {
            using var certificate = X509Certificate2.CreateFromPem(CertificatePem);
            return new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);
        }
    }

    /// <summary>The certificate with its key, for TLS. The caller disposes it.</summary>
    public X509Certificate2 LoadCertificate() => X509Certificate2.CreateFromPem(CertificatePem, KeyPem);

    /// <summary>The controller's CA certificates. The caller disposes them.</summary>
    public X509Certificate2Collection LoadAuthorities()
    {
        X509Certificate2Collection authorities = [];
        foreach (string pem in CaPems)
        {
            authorities.Add(X509Certificate2.CreateFromPem(pem));
        }

        return authorities;
    }

    // The key must not come out in a log by accident.
    public override string ToString() => $"{AgentId} ({ServerName}) at {Controller}";
}
