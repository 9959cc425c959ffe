using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Ingest;

namespace HaiSoft.Controller.Api;

/// <summary>Cuts the stream of an identity as soon as it is revoked, by whatever way (DESIGN 4).</summary>
internal sealed class RevokedStreams(Revocations revocations, AgentStreams streams) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        revocations.WhenRevoked(revocation => streams.Cut(revocation.ServerId, $"identity revoked: {revocation.Reason}"));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
