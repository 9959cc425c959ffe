using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;
using HaiSoft.Agent.Spool;
using HaiSoft.Protocol.Agent.V1;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using AgentPart = HaiSoft.Agent.Readings.Observations.AgentPart;

namespace HaiSoft.Agent.Identity;

/// <summary>Renews the certificate in time, with a fresh key, over mutual TLS. A failure is retried and reported.</summary>
internal sealed partial class Renewal(
    CurrentIdentity current, IdentityStore store, ControllerClock clock, AgentFaults faults, TimeProvider time, ILogger<Renewal> logger)
    : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            AgentIdentity identity = current.Get().Identity;
            if (failures == 0)
            {
                await WaitUntilDueAsync(identity, stoppingToken);
            }

            if (await TryRenewAsync(identity, stoppingToken))
            {
                failures = 0;
            }
            else
            {
                failures++;
                await Task.Delay(RenewalSchedule.RetryAfter(failures, Random.Shared.NextDouble()), time, stoppingToken);
            }
        }
    }

    /// <summary>Renews once.</summary>
    /// <returns>True when a new certificate is stored and holds.</returns>
    public async Task<bool> TryRenewAsync(AgentIdentity identity, CancellationToken cancellationToken)
    {
        using ControllerChannel channel = ControllerChannel.Of(identity, time);
        try
        {
            AgentIdentity renewed = await AskAsync(channel, identity, cancellationToken);
            store.Save(renewed);
            current.Set(renewed);
            faults.Clear(AgentPart.Renewal);
            Log.Renewed(logger, renewed.ExpiryTime);
            return true;
        }
        catch (Exception error) when (error is RpcException or HttpRequestException or IOException or UnauthorizedAccessException or CryptographicException)
        {
            string reason = error is CryptographicException or UnauthorizedAccessException || (error is IOException and not HttpIOException)
                ? error.Message
                : ControllerFailure.Explain(error, identity.Address, channel.Trust.Fault, time.GetUtcNow());
            Tell(identity, reason);
            return false;
        }
    }

    private async Task<AgentIdentity> AskAsync(ControllerChannel channel, AgentIdentity identity, CancellationToken cancellationToken)
    {
        using AgentKeyPair key = new();
        RenewRequest request = new() { CertificateRequestDer = ByteString.CopyFrom(key.CreateRequest()) };
        CallOptions options = new(deadline: time.GetUtcNow().UtcDateTime + Patience, cancellationToken: cancellationToken);
        RenewResponse response = await new EnrolmentService.EnrolmentServiceClient(channel.Channel).RenewAsync(request, options);
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(response.CertificateDer.Span);
        if (!key.Fits(certificate))
        {
            throw new CryptographicException("The controller's answer is a certificate for another key.");
        }

        List<string> authorities = [];
        foreach (ByteString der in response.CaCertificatesDer)
        {
            using X509Certificate2 authority = X509CertificateLoader.LoadCertificate(der.Span);
            authorities.Add(authority.ExportCertificatePem());
        }

        return identity with
        {
            KeyPem = key.PrivateKeyPem,
            CertificatePem = certificate.ExportCertificatePem(),
            CaPems = authorities.Count > 0 ? authorities : identity.CaPems,
            IssuedTime = clock.UtcNow,
            ControllerOffset = clock.Offset,
        };
    }

    private async Task WaitUntilDueAsync(AgentIdentity identity, CancellationToken cancellationToken)
    {
        DateTimeOffset due = RenewalSchedule.DueTime(identity.IssuedTime, identity.ExpiryTime, Random.Shared.NextDouble());
        while (due - clock.UtcNow is { Ticks: > 0 } left)
        {
            // In steps: the wall clock may be set meanwhile.
            await Task.Delay(left < LongestWait ? left : LongestWait, time, cancellationToken);
        }
    }

    private void Tell(AgentIdentity identity, string reason)
    {
        TimeSpan left = identity.ExpiryTime - clock.UtcNow;
        string message = left > TimeSpan.Zero
            ? $"The certificate could not be renewed; it holds until {identity.ExpiryTime:yyyy-MM-dd HH:mm} UTC. {reason}"
            : $"The certificate expired {identity.ExpiryTime:yyyy-MM-dd HH:mm} UTC and could not be renewed: enrol again with a new token (haisoft-agent enroll). {reason}";
        Log.Failed(logger, message);
        faults.Raise(AgentPart.Renewal, message);
    }

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Information, "The certificate was renewed; it holds until {ExpiryTime:u}.")]
        public static partial void Renewed(ILogger logger, DateTimeOffset expiryTime);

        [LoggerMessage(3002, LogLevel.Warning, "{Message}")]
        public static partial void Failed(ILogger logger, string message);
    }
}
