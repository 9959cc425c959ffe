using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaiSoft.Protocol.Trust;

namespace HaiSoft.Ctl.Profiles;

/// <summary>Accepts one controller: its certificate must lead to the CA of the profile, and bear the name that was dialled.</summary>
internal sealed class PinnedController(string caSha256)
{
    /// <summary>What was wrong at the last handshake, for people; empty when nothing was.</summary>
    public string Fault { get; private set; } = "";

    public bool Accept(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        Fault = FaultOf(shown, errors);
        return Fault.Length == 0;
    }

    private string FaultOf(X509Certificate? shown, SslPolicyErrors errors)
    {
        if (shown is null)
            return "it showed no certificate";
        using X509Certificate2 certificate = new(shown);
        using X509Certificate2? ca = EmbeddedAuthority.Find(certificate);
        if (ca is null || !Convert.ToHexString(SHA256.HashData(ca.RawData)).Equals(caSha256, StringComparison.OrdinalIgnoreCase))
            return "it is not the controller of the profile (its CA is another): take its haisoftctl.json again if it was set up anew";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return "its certificate does not bear the name that the profile dials: use localhost, or set Controller:PublicAddress on it";
        return Chains(certificate, ca) ? "" : "its certificate is not signed by its CA, or its dates are over (check the clocks)";
    }

    private static bool Chains(X509Certificate2 certificate, X509Certificate2 ca)
    {
        using X509Chain chain = new();
        chain.ChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { ca },
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            ApplicationPolicy = { new Oid("1.3.6.1.5.5.7.3.1") },
        };
        return chain.Build(certificate);
    }
}
