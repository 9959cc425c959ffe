using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaiSoft.Controller.Identity;

/// <summary>Issues certificates to agents: the agent's id in the subject and as a URI, its generation as a second URI.</summary>
internal sealed class AgentCertificates(CertificateAuthority authority)
{
    /// <summary>How long a certificate can be used (DESIGN 4).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    // The agent's own TLS must not find it to be of the future when its clock is a little behind.
    private static readonly TimeSpan Backdate = TimeSpan.FromMinutes(5);

    public IssuedCertificate Issue(PublicKey key, string agentId, int generation, DateTimeOffset now)
    {
        CertificateRequest request = new(new X500DistinguishedName($"CN={agentId}"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(Oids.ClientAuthentication)], critical: false));
        request.CertificateExtensions.Add(new CertifiedAgent(agentId, generation).ToExtension());
        using X509Certificate2 signed = authority.Sign(request, now - Backdate, now + Lifetime);
        return new(
            signed.RawData,
            new AgentCertificateRow
            {
                Serial = CertifiedAgent.SerialOf(signed),
                AgentId = agentId,
                Generation = generation,
                IssuedTime = now,
                ExpiryTime = CertificateDates.ExpiryOf(signed),
            });
    }
}

/// <summary>A certificate that was signed, and the row that remembers it.</summary>
internal sealed record IssuedCertificate(byte[] Der, AgentCertificateRow Row);
