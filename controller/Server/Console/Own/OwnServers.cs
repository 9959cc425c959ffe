using HaiSoft.Controller.Fleet;
using HaiSoft.Controller.Incidents;

namespace HaiSoft.Controller.Console.Own;

/// <summary>The servers of a customer, for its own pages. Another customer's are not found.</summary>
internal sealed class OwnServers(FleetView fleet, IncidentBoard board)
{
    /// <summary>All, those with a fault first, then by name.</summary>
    public async Task<IReadOnlyList<OwnServer>> ListAsync(string customerId, CancellationToken cancellationToken)
    {
        var rented = await fleet.ListOfCustomerAsync(customerId, cancellationToken);
        var open = await board.OpenOnAsync([.. rented.Select(server => server.ServerId)], cancellationToken);
        var byServer = open.ToLookup(incident => incident.ServerId);
        return [.. rented.Select(server => OwnServer.Of(server, [.. byServer[server.ServerId]])).OrderByDescending(server => server.Incidents.Count > 0)];
    }

    /// <summary>One with its record; absent when the customer rents none of this name.</summary>
    public async Task<(OwnServer Server, ServerView Record)?> FindAsync(string customerId, string name, CancellationToken cancellationToken)
    {
        if (await fleet.FindOfCustomerAsync(customerId, name, cancellationToken) is not { } record)
            return null;
        return (OwnServer.Of(record, await board.OpenOnAsync([record.ServerId], cancellationToken)), record);
    }
}
