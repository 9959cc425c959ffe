using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using HaiSoft.Agent.Readings.Services;

namespace HaiSoft.Agent.Services;

/// <summary>
/// Asks this server for a page with GET and looks at the answer's head: no redirect is followed, no content is read, and
/// a certificate that is not right is told of, not refused.
/// </summary>
internal sealed class HttpCheck(TimeProvider time)
{
    private const string UserAgent = "HaiSoft-Agent";

    public async Task<CheckSeen> CheckAsync(HttpTarget target, TimeSpan patience, CancellationToken cancellationToken)
    {
        Attempt attempt = new(target, time);
        using CancellationTokenSource limit = new(patience, time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await attempt.RunAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            attempt.TimedOut();
        }

        return attempt.ToSeen();
    }

    /// <summary>What one GET came to.</summary>
    private sealed class Attempt(HttpTarget target, TimeProvider time)
    {
        private ConnectionOutcome _connection = ConnectionOutcome.Failed;
        private TlsOutcome? _tls;
        private DateTimeOffset? _expiry;
        private int? _status;
        private TimeSpan? _duration;

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            long begun = time.GetTimestamp();
            using SocketsHttpHandler handler = CreateHandler();
            using HttpMessageInvoker invoker = new(handler);
            UriBuilder address = new(target.Tls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, target.HostName, target.Port);
            using HttpRequestMessage request = new(HttpMethod.Get, new Uri(address.Uri, target.Path));
            request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
            request.Headers.ConnectionClose = true;
            try
            {
                using HttpResponseMessage response = await invoker.SendAsync(request, cancellationToken);
                _status = (int)response.StatusCode;
                _duration = time.GetElapsedTime(begun);
            }
            catch (HttpRequestException error)
            {
                Explain(error);
            }
        }

        public void TimedOut()
        {
            if (_connection != ConnectionOutcome.Open)
            {
                _connection = ConnectionOutcome.TimedOut;
            }
        }

        public HttpSeen ToSeen() => new(_connection, _status, _duration, _tls, _expiry);

        private SocketsHttpHandler CreateHandler() => new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 64,
            ConnectCallback = async (_, cancellationToken) =>
            {
                Socket socket = await OwnAddresses.ConnectAsync(target.Port, cancellationToken);
                _connection = ConnectionOutcome.Open;
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = Look },
        };

        private bool Look(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            if (certificate is null)
            {
                return false;
            }

            using X509Certificate2 shown = new(certificate);
            _expiry = new DateTimeOffset(shown.NotAfter.ToUniversalTime(), TimeSpan.Zero);
            DateTimeOffset now = time.GetUtcNow();
            _tls = errors switch
            {
                _ when now > _expiry || now.UtcDateTime < shown.NotBefore.ToUniversalTime() => TlsOutcome.WrongDate,
                _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) => TlsOutcome.Untrusted,
                _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => TlsOutcome.WrongName,
                _ => TlsOutcome.Trusted,
            };
            return true;
        }

        private void Explain(HttpRequestException error)
        {
            if (_connection == ConnectionOutcome.Open)
            {
                _tls = target.Tls && _tls is null ? TlsOutcome.Failed : _tls;
                _connection = error.InnerException is AuthenticationException || _tls is TlsOutcome.Failed
                    ? ConnectionOutcome.Open
                    : ConnectionOutcome.Failed;
            }
            else if (error.InnerException is SocketException socket)
            {
                _connection = TcpCheck.OutcomeOf(socket);
            }
        }
    }
}
