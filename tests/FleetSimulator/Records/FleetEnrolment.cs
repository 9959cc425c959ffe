using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;
using HaiSoft.FleetSimulator.Identities;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.FleetSimulator.Records;

/// <summary>Gives a fleet its identities, as an installer would: a one-time token for each server, spent at once.</summary>
internal sealed class FleetEnrolment(TechnicianLink link, ControllerProfile profile, TimeProvider time)
{
    private const int AtOnce = 8;

    /// <summary>A certificate that ends sooner is not worth a run.</summary>
    private static readonly TimeSpan Usable = TimeSpan.FromHours(1);

    /// <summary>The fleet of a folder, brought to this many agents; identities that still serve are kept.</summary>
    public async Task<FleetFile> EnrolAsync(string folder, int count, Action<int> progress, CancellationToken cancellationToken)
    {
        await new FleetRecords(link).EnsureAsync(count, cancellationToken);
        Dictionary<string, SimulatedIdentity> kept = Kept(folder);
        string[] missing = [.. Enumerable.Range(1, count).Select(FleetRecords.ServerName).Where(name => !kept.ContainsKey(name))];
        SimulatedIdentity[] made = new SimulatedIdentity[missing.Length];
        EnrolmentPlace? place = null;
        int done = 0;
        try
        {
            if (missing.Length > 0)
            {
                (made[0], place) = await EnrolFirstAsync(missing[0], cancellationToken);
                ParallelOptions parallel = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
                await Parallel.ForAsync(1, missing.Length, parallel, async (index, cancel) =>
                {
                    made[index] = await EnrolAsync(place, await TokenAsync(missing[index], cancel), missing[index], cancel);
                    progress(Interlocked.Increment(ref done));
                });
            }

            FleetFile old = place is null ? FleetFile.Read(folder) : new FleetFile(place.Address, place.Authority, []);
            FleetFile fleet = old with { Identities = [.. kept.Values.Concat(made).OrderBy(i => i.ServerName, StringComparer.Ordinal)] };
            fleet.Write(folder);
            return fleet;
        }
        finally
        {
            place?.Dispose();
        }
    }

    private Dictionary<string, SimulatedIdentity> Kept(string folder)
    {
        if (!File.Exists(FleetFile.PathIn(folder)))
            return [];

        FleetFile file = FleetFile.Read(folder);
        DateTimeOffset needed = time.GetUtcNow() + Usable;
        return profile.Authority.IsOf(file.Authority) ? file.Identities.Where(i => i.ExpiresAt() > needed).ToDictionary(i => i.ServerName) : [];
    }

    private async Task<CreateEnrolmentTokenResponse> TokenAsync(string server, CancellationToken cancellationToken) =>
        await link.Records.CreateEnrolmentTokenAsync(new CreateEnrolmentTokenRequest { Server = server }, link.Options(cancellationToken));

    private async Task<(SimulatedIdentity Identity, EnrolmentPlace Place)> EnrolFirstAsync(string server, CancellationToken cancellationToken)
    {
        CreateEnrolmentTokenResponse token = await TokenAsync(server, cancellationToken);
        EnrolmentPlace place = new(token.ControllerAddress, profile.Authority);
        SimulatedIdentity identity = await EnrolAsync(place, token, server, cancellationToken);
        return (identity, place);
    }

    private async Task<SimulatedIdentity> EnrolAsync(
        EnrolmentPlace place, CreateEnrolmentTokenResponse token, string server, CancellationToken cancellationToken)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        EnrolRequest request = new()
        {
            Token = token.Token,
            CertificateRequestDer = ByteString.CopyFrom(new CertificateRequest("CN=agent", key, HashAlgorithmName.SHA256).CreateSigningRequest()),
            HostName = server,
            MachineId = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(server))),
            SentTime = Timestamp.FromDateTimeOffset(time.GetUtcNow()),
            ServerName = server,
        };
        EnrolResponse response = await place.Service.EnrolAsync(request, cancellationToken: cancellationToken);
        place.Authority = response.CaCertificatesDer.Select(der => der.ToByteArray()).First(profile.Authority.IsOf);
        return new SimulatedIdentity(response.AgentId, server, response.CertificateDer.ToByteArray(), key.ExportPkcs8PrivateKey());
    }

    /// <summary>The agents' port before an agent has a certificate.</summary>
    private sealed class EnrolmentPlace : IDisposable
    {
        private readonly GrpcChannel _channel;

        public EnrolmentPlace(string address, AuthorityPin authority)
        {
            Address = address;
            _channel = GrpcChannel.ForAddress($"https://{address}", new GrpcChannelOptions
            {
                DisposeHttpClient = true,
                HttpHandler = new SocketsHttpHandler { UseProxy = false, SslOptions = authority.ClientOptions() },
            });
            Service = new EnrolmentService.EnrolmentServiceClient(_channel);
        }

        public string Address { get; }

        /// <summary>The CA's certificate, DER, once the first enrolment has told it.</summary>
        public byte[] Authority { get; set; } = [];

        public EnrolmentService.EnrolmentServiceClient Service { get; }

        public void Dispose() => _channel.Dispose();
    }
}
