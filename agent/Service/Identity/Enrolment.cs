using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Agent.Linux;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Identity;

/// <summary>Turns a one-time token into this server's identity (DESIGN 4).</summary>
internal sealed class Enrolment(IdentityStore store, FileRoots roots, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How it went.</summary>
    internal abstract record Outcome
    {
        /// <summary>The identity is stored.</summary>
        /// <param name="Identity">Who this agent is now.</param>
        /// <param name="Warning">What the installer should mend, in words; <c>null</c> for nothing.</param>
        public sealed record Done(AgentIdentity Identity, string? Warning) : Outcome;

        /// <summary>Nothing was changed here.</summary>
        /// <param name="Reason">Why, and what to do.</param>
        public sealed record Failed(string Reason) : Outcome;
    }

    /// <summary>Asks the controller for an identity and stores it.</summary>
    /// <param name="address">Where the controller serves agents.</param>
    /// <param name="token">The token.</param>
    /// <param name="serverName">The record that the installer believes this server to be; empty to take the token's.</param>
    /// <param name="cancellationToken">Gives up; the token may be used by then.</param>
    public async Task<Outcome> EnrolAsync(
        ControllerAddress address, EnrolmentToken token, string serverName, CancellationToken cancellationToken)
    {
        using ControllerChannel channel = ControllerChannel.Pinned(address, token.CaSha256, time);
        using AgentKeyPair key = new();
        EnrolResponse response;
        try
        {
            response = await AskAsync(channel, key, token, serverName, cancellationToken);
        }
        catch (Exception error) when (error is RpcException or HttpRequestException or IOException)
        {
            return new Outcome.Failed(ControllerFailure.Explain(error, address, channel.Trust.Fault, time.GetUtcNow()));
        }

        return Accept(response, key, address, token);
    }

    private async Task<EnrolResponse> AskAsync(
        ControllerChannel channel, AgentKeyPair key, EnrolmentToken token, string serverName, CancellationToken cancellationToken)
    {
        EnrolRequest request = new()
        {
            Token = token.Text,
            CertificateRequestDer = ByteString.CopyFrom(key.CreateRequest()),
            HostName = Environment.MachineName,
            MachineId = ReadMachineId(),
            SentTime = Timestamp.FromDateTimeOffset(time.GetUtcNow()),
            ServerName = serverName,
        };
        CallOptions options = new(deadline: time.GetUtcNow().UtcDateTime + Patience, cancellationToken: cancellationToken);
        return await new EnrolmentService.EnrolmentServiceClient(channel.Channel).EnrolAsync(request, options);
    }

    private Outcome Accept(EnrolResponse response, AgentKeyPair key, ControllerAddress address, EnrolmentToken token)
    {
        DateTimeOffset controllerTime = response.ServerTime?.ToDateTimeOffset() ?? time.GetUtcNow();
        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(response.CertificateDer.Span);
            List<string> authorities = ReadAuthorities(response, token);
            if (!key.Fits(certificate) || authorities.Count == 0 || response.AgentId.Length == 0)
            {
                return new Outcome.Failed("The controller's answer does not fit the question: its certificate is for another key or CA. Nothing was stored.");
            }

            AgentIdentity identity = new(
                response.AgentId,
                response.ServerName,
                address.ToString(),
                key.PrivateKeyPem,
                certificate.ExportCertificatePem(),
                authorities,
                controllerTime,
                controllerTime - time.GetUtcNow());
            store.Save(identity);
            return new Outcome.Done(identity, WarnOfClock(identity.ControllerOffset));
        }
        catch (CryptographicException)
        {
            return new Outcome.Failed("The controller's answer holds no usable certificate. Nothing was stored.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Outcome.Failed($"The identity cannot be stored in {store.Path}: {error.Message}. Make the folder writable, then enrol with a new token; this one is used.");
        }
    }

    private static List<string> ReadAuthorities(EnrolResponse response, EnrolmentToken token)
    {
        List<string> pems = [];
        var pinned = false;
        foreach (ByteString der in response.CaCertificatesDer)
        {
            using X509Certificate2 authority = X509CertificateLoader.LoadCertificate(der.Span);
            pinned |= SHA256.HashData(der.Span).AsSpan().SequenceEqual(token.CaSha256.Span);
            pems.Add(authority.ExportCertificatePem());
        }

        return pinned ? pems : [];
    }

    private static string? WarnOfClock(TimeSpan offset)
    {
        if (offset.Duration() < ControllerClock.Tolerance)
        {
            return null;
        }

        string direction = offset > TimeSpan.Zero ? "behind" : "ahead of";
        return $"This server's clock is {Describe(offset.Duration())} {direction} the controller's. Set it (timedatectl set-ntp true): faults would be dated wrongly.";
    }

    private static string Describe(TimeSpan span) => span.TotalHours >= 1
        ? $"{(int)span.TotalHours} h {span.Minutes} min"
        : $"{(int)span.TotalMinutes} min {span.Seconds} s";

    // Hashed with our own name, as machine-id(5) asks: the id itself must not leave the machine.
    private string ReadMachineId()
    {
        string path = roots.InEtc("machine-id");
        return File.Exists(path)
            ? Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(File.ReadAllText(path).Trim()), "haisoft-agent"u8))
            : "";
    }
}
