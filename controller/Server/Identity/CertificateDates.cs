using System.Security.Cryptography.X509Certificates;

namespace HaiSoft.Controller.Identity;

/// <summary>A certificate's dates as instants: the framework gives them in local time.</summary>
internal static class CertificateDates
{
    /// <summary>From when on it counts.</summary>
    public static DateTimeOffset StartOf(X509Certificate2 certificate) => new DateTimeOffset(certificate.NotBefore).ToUniversalTime();

    /// <summary>Until when it counts.</summary>
    public static DateTimeOffset ExpiryOf(X509Certificate2 certificate) => new DateTimeOffset(certificate.NotAfter).ToUniversalTime();
}
