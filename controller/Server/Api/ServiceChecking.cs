using Grpc.Core;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Fleet;
using HaiSoft.Controller.Ingest;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Controller.Api;

/// <summary>Checks a service at once, named as a technician names it.</summary>
internal sealed class ServiceChecking(FleetView fleet, ComponentStates components, CheckNow check)
{
    private const string IdPrefix = "service:";

    /// <summary>Asks the server's agent.</summary>
    /// <param name="serverName">The server.</param>
    /// <param name="service">Its id ("systemd:mariadb.service"), its title ("mariadb.service") or a unit's name ("mariadb").</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RpcException">There is no such server or service, or its agent does not answer.</exception>
    public async Task<CheckServiceResponse> CheckAsync(string serverName, string service, CancellationToken cancellationToken)
    {
        ServerView server = await fleet.FindAsync(serverName, cancellationToken) ?? throw Faults.NoServer(serverName);
        IReadOnlyList<ComponentView> parts = await components.OfServerAsync(server.ServerId, cancellationToken);
        ComponentView part = parts.FirstOrDefault(part => IsNamed(part, service)) ?? throw Faults.NoService(serverName, service);
        return await check.AskAsync(server.ServerId, part.ComponentId[IdPrefix.Length..], cancellationToken) switch
        {
            CheckedNow.Seen seen => new() { Service = part.Title, Health = ServerMessages.HealthOf(seen.Health), Reason = seen.Reason },
            CheckedNow.NotChecked => throw Faults.NoService(serverName, service),
            CheckedNow.Offline => throw new RpcException(new(
                StatusCode.FailedPrecondition, $"The agent of {serverName} is not connected: nothing can be checked from here.")),
            CheckedNow.NoAnswer late => throw new RpcException(new(
                StatusCode.FailedPrecondition, $"The agent of {serverName} did not answer within {late.Within.TotalSeconds:0} s.")),
            _ => throw new InvalidOperationException("a check ended in no known way"),
        };
    }

    private static bool IsNamed(ComponentView part, string service) =>
        part.ComponentId.StartsWith(IdPrefix, StringComparison.Ordinal)
        && (part.ComponentId == service
            || part.ComponentId[IdPrefix.Length..] == service
            || string.Equals(part.Title, service, StringComparison.OrdinalIgnoreCase)
            || string.Equals(part.Title, $"{service}.service", StringComparison.OrdinalIgnoreCase));
}
