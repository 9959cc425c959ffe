using System.Data.Common;
using Dapper;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements.Series;

/// <summary>The catalogues' rows.</summary>
internal static class CatalogueTable
{
    private const string Select = "SELECT data FROM measurement_series WHERE server_id = @serverId";

    private const string Upsert = """
        INSERT INTO measurement_series (server_id, data) VALUES (@serverId, @data)
        ON CONFLICT (server_id) DO UPDATE SET data = excluded.data
        """;

    private const string Update = "UPDATE measurement_series SET data = @data WHERE server_id = @serverId AND data = @old";

    private const string Delete = "DELETE FROM measurement_series WHERE server_id = @serverId";

    private const string Next = "SELECT server_id FROM measurement_series WHERE server_id > @after ORDER BY server_id LIMIT @most";

    public static Task<byte[]?> FindAsync(DbConnection connection, string serverId, CancellationToken cancellationToken) =>
        connection.QuerySingleOrDefaultAsync<byte[]>(new CommandDefinition(Select, new { serverId }, cancellationToken: cancellationToken));

    public static Task SaveAsync(WriteSession session, string serverId, byte[] data, CancellationToken cancellationToken) =>
        session.Connection.ExecuteAsync(
            new CommandDefinition(Upsert, new { serverId, data }, session.Transaction, cancellationToken: cancellationToken));

    /// <summary>Puts another in the place of a server's, if it is still this one.</summary>
    /// <returns>False when it is not.</returns>
    public static async Task<bool> ReplaceAsync(
        WriteSession session, string serverId, byte[] old, byte[] data, CancellationToken cancellationToken) =>
        await session.Connection.ExecuteAsync(new CommandDefinition(
            Update, new { serverId, old, data }, session.Transaction, cancellationToken: cancellationToken)) > 0;

    public static Task RemoveAsync(WriteSession session, string serverId, CancellationToken cancellationToken) =>
        session.Connection.ExecuteAsync(
            new CommandDefinition(Delete, new { serverId }, session.Transaction, cancellationToken: cancellationToken));

    /// <summary>Servers with measurements, by id, after one.</summary>
    public static async Task<IReadOnlyList<string>> ServersAfterAsync(
        DbConnection connection, string after, int most, CancellationToken cancellationToken) =>
        [.. await connection.QueryAsync<string>(new CommandDefinition(Next, new { after, most }, cancellationToken: cancellationToken))];
}
