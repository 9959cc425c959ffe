using Grpc.Core;
using Grpc.Net.Client;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.FleetSimulator.Records;

/// <summary>The technicians' side of a controller: records and incidents.</summary>
internal sealed class TechnicianLink : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly string _token;

    public TechnicianLink(ControllerProfile profile)
    {
        _token = profile.Token;
        _channel = GrpcChannel.ForAddress(profile.Address, new GrpcChannelOptions
        {
            DisposeHttpClient = true,
            HttpHandler = new SocketsHttpHandler { UseProxy = false, SslOptions = profile.Authority.ClientOptions() },
        });
        Records = new RecordsService.RecordsServiceClient(_channel);
        Incidents = new IncidentService.IncidentServiceClient(_channel);
    }

    public RecordsService.RecordsServiceClient Records { get; }

    public IncidentService.IncidentServiceClient Incidents { get; }

    /// <summary>Options that every call of a technician needs.</summary>
    public CallOptions Options(CancellationToken cancellationToken) =>
        new(new Metadata { { "authorization", $"Bearer {_token}" } }, cancellationToken: cancellationToken);

    public void Dispose() => _channel.Dispose();
}
