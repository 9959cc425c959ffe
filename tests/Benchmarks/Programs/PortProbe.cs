using System.Net;
using System.Net.Sockets;

namespace HaiSoft.Benchmarks.Programs;

/// <summary>Asks until somebody answers: any answer of HTTP will do.</summary>
internal sealed class PortProbe : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        // Readiness is asked for, not identity.
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
    });

    public async Task AnswersAsync(Uri address, TimeSpan between, CancellationToken cancellationToken)
    {
        while (!await TryAsync(address, cancellationToken))
            await Task.Delay(between, TimeProvider.System, cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    private async Task<bool> TryAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Get, address)
            {
                Version = address.Scheme == Uri.UriSchemeHttps ? HttpVersion.Version20 : HttpVersion.Version11,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return true;
        }
        catch (Exception error) when (error is HttpRequestException or SocketException)
        {
            return false;
        }
    }
}
