using System.Globalization;
using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Services;

/// <summary>
/// A GET to the server itself: no answer and 5xx are down (RFC 9110, 15.6: the server is aware that it has erred); 4xx is an
/// answer. A certificate that has expired keeps visitors out; one that will expire is degrading, as is one that no browser trusts.
/// </summary>
internal static class HttpState
{
    public static Verdict Judge(ServiceFacts now, HttpSeen http, ServiceThresholds thresholds) =>
        ConnectionState.Judge(now.Name, http.Connection)
        ?? Verdict.Worst(
            [Tls(now.Name, http), Status(now.Name, http), Expiry(now, http, thresholds)],
            Verdict.Healthy($"{now.Name} answers {http.StatusCode}", new Evidence("status", Growth.Text(http.StatusCode))));

    private static Verdict? Status(string name, HttpSeen http) => http switch
    {
        { Tls: TlsOutcome.Failed } => null,
        { StatusCode: null } => Verdict.Failed("http.no-answer", $"{name} is down: it takes the connection and does not answer"),
        { StatusCode: >= 500 and var code } =>
            Verdict.Failed("http.5xx", $"{name} is down: it answers {code}", new Evidence("status", Growth.Text(code))),
        _ => null,
    };

    private static Verdict? Tls(string name, HttpSeen http)
    {
        Evidence evidence = new("tls", http.Tls?.ToString() ?? "none");
        return http.Tls switch
        {
            TlsOutcome.Failed => Verdict.Failed("tls.failed", $"{name} is down: no TLS can be agreed on", evidence),
            TlsOutcome.WrongDate => Verdict.Failed("tls.date", $"The certificate of {name} has expired or is not valid yet", evidence),
            TlsOutcome.WrongName => Verdict.Degrading("tls.name", $"The certificate of {name} is for another name", evidence),
            TlsOutcome.Untrusted => Verdict.Degrading("tls.untrusted", $"The certificate of {name} is signed by no known root", evidence),
            _ => null,
        };
    }

    private static Verdict? Expiry(ServiceFacts now, HttpSeen http, ServiceThresholds thresholds) =>
        http is { Tls: not (null or TlsOutcome.WrongDate), CertificateExpiresAt: { } expiry } && expiry - now.At < thresholds.CertificateWarning
            ? Verdict.Degrading(
                "tls.expires",
                $"The certificate of {now.Name} expires on {expiry.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
                new Evidence("not_after", expiry.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)))
            : null;
}
