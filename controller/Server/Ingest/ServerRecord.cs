using Dapper;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Ingest;

/// <summary>What ingest needs of a server's record.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dedicated">A machine of the customer's own; otherwise a guest (SLA 4.5).</param>
internal sealed record ServerRecord(string Name, bool Dedicated)
{
    private const string Select = "SELECT name, kind FROM servers WHERE server_id = @serverId";

    /// <summary>The record; absent when the server is not in the records.</summary>
    public static async Task<ServerRecord?> FindAsync(WriteSession session, string serverId, CancellationToken cancellationToken)
    {
        (string? name, long kind) = await session.Connection.QuerySingleOrDefaultAsync<(string? Name, long Kind)>(
            new CommandDefinition(Select, new { serverId }, session.Transaction, cancellationToken: cancellationToken));
        return name is null ? null : new(name, kind == (long)ServerKind.Dedicated);
    }
}
