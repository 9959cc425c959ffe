using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Fleet;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Controller.Api;

/// <summary>Servers with their state of the moment, for the wire.</summary>
internal sealed class ServerShowing(FleetView fleet, ComponentStates components)
{
    /// <summary>All, by name.</summary>
    public async Task<IEnumerable<Server>> ShowAllAsync(CancellationToken cancellationToken) =>
        (await fleet.ListAsync(cancellationToken)).Select(ServerMessages.ToMessage);

    /// <summary>One; absent when there is none of this name.</summary>
    public async Task<Server?> ShowAsync(string name, CancellationToken cancellationToken) =>
        await fleet.FindAsync(name, cancellationToken) is { } server ? ServerMessages.ToMessage(server) : null;

    /// <summary>One with its components and facts; absent when there is none of this name.</summary>
    public async Task<GetServerResponse?> ShowWholeAsync(string name, CancellationToken cancellationToken)
    {
        if (await fleet.FindAsync(name, cancellationToken) is not { } server)
            return null;
        IReadOnlyList<ComponentView> parts = await components.OfServerAsync(server.ServerId, cancellationToken);
        IReadOnlyList<ServerFact> facts = await fleet.FactsOfAsync(server.ServerId, cancellationToken);
        return new GetServerResponse
        {
            Server = ServerMessages.ToMessage(server),
            Components = { parts.Select(ServerMessages.ToMessage) },
            Facts = { facts.Select(fact => new Fact { Name = fact.Name, Value = fact.Value }) },
        };
    }
}
