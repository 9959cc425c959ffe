using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace HaiSoft.Controller.Identity;

/// <summary>Whom a certificate of ours names.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Generation">From 1 at enrolment, one more with each renewal.</param>
internal sealed record CertifiedAgent(string AgentId, int Generation)
{
    private const string AgentUrn = "urn:haisoft:agent:";
    private const string GenerationUrn = "urn:haisoft:generation:";
    private const string SubjectAlternativeName = "2.5.29.17";
    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);

    /// <summary>The serial number as it is stored: lower-case hexadecimal.</summary>
    public static string SerialOf(X509Certificate2 certificate) => Convert.ToHexStringLower(certificate.SerialNumberBytes.Span);

    /// <summary>Whom the certificate names; null when it is none of an agent.</summary>
    public static CertifiedAgent? Of(X509Certificate2 certificate)
    {
        IReadOnlyList<string> uris = certificate.Extensions[SubjectAlternativeName] is { } names ? UrisOf(names.RawData) : [];
        return Tail(uris, AgentUrn) is { } agent
            && int.TryParse(Tail(uris, GenerationUrn), NumberStyles.None, CultureInfo.InvariantCulture, out int generation)
            ? new CertifiedAgent(agent, generation)
            : null;
    }

    /// <summary>As subject alternative names.</summary>
    public X509Extension ToExtension()
    {
        SubjectAlternativeNameBuilder names = new();
        names.AddUri(new Uri(AgentUrn + AgentId));
        names.AddUri(new Uri(string.Create(CultureInfo.InvariantCulture, $"{GenerationUrn}{Generation}")));
        return names.Build();
    }

    private static string? Tail(IReadOnlyList<string> uris, string urn) =>
        uris.SingleOrDefault(uri => uri.StartsWith(urn, StringComparison.Ordinal))?[urn.Length..];

    private static List<string> UrisOf(byte[] der)
    {
        List<string> uris = [];
        try
        {
            AsnReader names = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData)
            {
                if (names.PeekTag() == UriTag)
                    uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, UriTag));
                else
                    names.ReadEncodedValue();
            }

            return uris;
        }
        catch (AsnContentException)
        {
            return [];
        }
    }
}
