using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Grpc.Core;
using Grpc.Net.Client;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Testing.Networks;

namespace HaiSoft.EndToEnd.Tests.Programs;

/// <summary>A technician's programs may also speak gRPC directly, with the profile that haisoftctl uses: no start-up to wait for.</summary>
internal sealed class Technician : IDisposable
{
    private readonly SocketsHttpHandler _handler;
    private readonly GrpcChannel _channel;
    private readonly Metadata _token;

    /// <param name="network">Where the controller runs.</param>
    /// <param name="dataFolder">The controller's, with the profile and the CA's certificate.</param>
    public Technician(NetworkNamespace network, string dataFolder)
    {
        var read = JsonNode.Parse(File.ReadAllText(Path.Combine(dataFolder, "haisoftctl.json")))!;
        _token = new Metadata { { "authorization", "Bearer " + read["token"]!.GetValue<string>() } };
        _handler = network.HttpHandler();
        var trusted = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trusted.CustomTrustStore.Add(X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(dataFolder, "ca", "ca.pem"))));
        _handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trusted };
        _channel = GrpcChannel.ForAddress(read["address"]!.GetValue<string>(), new GrpcChannelOptions { HttpHandler = _handler });
        Records = new RecordsService.RecordsServiceClient(_channel);
        Incidents = new IncidentService.IncidentServiceClient(_channel);
    }

    public RecordsService.RecordsServiceClient Records { get; }

    public IncidentService.IncidentServiceClient Incidents { get; }

    /// <summary>The options of a call by this technician.</summary>
    public CallOptions Call(CancellationToken cancellationToken) => new(_token, cancellationToken: cancellationToken);

    /// <summary>Adds a dedicated server's record, with a customer for it.</summary>
    public async Task AddServerAsync(string name, CancellationToken cancellationToken)
    {
        var customer = $"Customer of {name}";
        await Records.AddCustomerAsync(new AddCustomerRequest { Name = customer, Email = $"{name}@customer.example" }, Call(cancellationToken));
        var record = new ServerRecord
        {
            Name = name,
            Customer = customer,
            Kind = ServerKind.Dedicated,
            Rack = "R12/U07",
            Fee = new Euro { Cents = 4990 },
            FeePeriod = FeePeriod.Month,
            FromDate = "2026-01-01",
        };
        await Records.AddServerAsync(new AddServerRequest { Record = record }, Call(cancellationToken));
    }

    /// <summary>A one-time token for a server.</summary>
    public async Task<string> TokenAsync(string server, CancellationToken cancellationToken) =>
        (await Records.CreateEnrolmentTokenAsync(new CreateEnrolmentTokenRequest { Server = server }, Call(cancellationToken))).Token;

    /// <summary>A server with its components.</summary>
    public async Task<GetServerResponse> ServerAsync(string name, CancellationToken cancellationToken) =>
        await Records.GetServerAsync(new GetServerRequest { Name = name }, Call(cancellationToken));

    /// <summary>All incidents of a server, resolved ones too.</summary>
    public async Task<IReadOnlyList<Incident>> IncidentsOfAsync(string server, CancellationToken cancellationToken) =>
        (await Incidents.ListIncidentsAsync(new ListIncidentsRequest { Server = server, IncludeResolved = true }, Call(cancellationToken))).Incidents;

    public void Dispose()
    {
        _channel.Dispose();
        _handler.Dispose();
    }
}
