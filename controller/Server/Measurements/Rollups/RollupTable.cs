using System.Data.Common;
using Dapper;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements.Rollups;

/// <summary>The roll-ups' rows: one for each server, resolution and day (UTC).</summary>
internal static class RollupTable
{
    private const string Upsert = """
        INSERT INTO measurement_rollups (server_id, resolution, day, data) VALUES (@serverId, @resolution, @day, @data)
        ON CONFLICT (server_id, resolution, day) DO UPDATE SET data = excluded.data
        """;

    private const string DeleteDay = """
        DELETE FROM measurement_rollups WHERE server_id = @serverId AND resolution = @resolution AND day = @day
        """;

    private const string DeleteBefore = """
        DELETE FROM measurement_rollups WHERE server_id = @serverId AND resolution = @resolution AND day < @before
        """;

    private const string List = """
        SELECT day FROM measurement_rollups
        WHERE server_id = @serverId AND resolution = @resolution AND day >= @first AND day <= @last ORDER BY day
        """;

    private const string Read = """
        SELECT day, data FROM measurement_rollups
        WHERE server_id = @serverId AND resolution = @resolution AND day >= @first AND day <= @last ORDER BY day
        """;

    public static Task SaveAsync(
        WriteSession session, string serverId, Resolution resolution, int day, byte[] data, CancellationToken cancellationToken) =>
        session.Connection.ExecuteAsync(new CommandDefinition(
            Upsert, new { serverId, resolution = (int)resolution, day, data }, session.Transaction, cancellationToken: cancellationToken));

    /// <summary>Removes a day's.</summary>
    /// <returns>False when there was none.</returns>
    public static async Task<bool> RemoveAsync(
        WriteSession session, string serverId, Resolution resolution, int day, CancellationToken cancellationToken) =>
        await session.Connection.ExecuteAsync(new CommandDefinition(
            DeleteDay, new { serverId, resolution = (int)resolution, day }, session.Transaction, cancellationToken: cancellationToken)) > 0;

    /// <summary>Removes those of the days before one.</summary>
    public static Task RemoveBeforeAsync(
        WriteSession session, string serverId, Resolution resolution, int before, CancellationToken cancellationToken) =>
        session.Connection.ExecuteAsync(new CommandDefinition(
            DeleteBefore, new { serverId, resolution = (int)resolution, before }, session.Transaction, cancellationToken: cancellationToken));

    /// <summary>The days, from the first to the last, that have one.</summary>
    public static async Task<IReadOnlyList<int>> DaysAsync(
        DbConnection connection, string serverId, Resolution resolution, int first, int last, CancellationToken cancellationToken) =>
        [.. await connection.QueryAsync<int>(new CommandDefinition(
            List, new { serverId, resolution = (int)resolution, first, last }, cancellationToken: cancellationToken))];

    /// <summary>The same, with what they tell.</summary>
    public static IAsyncEnumerable<StoredRollup> ReadAsync(DbConnection connection, string serverId, Resolution resolution, int first, int last) =>
        connection.QueryUnbufferedAsync<StoredRollup>(Read, new { serverId, resolution = (int)resolution, first, last });
}

/// <summary>A roll-up's row.</summary>
internal sealed class StoredRollup
{
    /// <summary>The day, counted from 1970-01-01.</summary>
    public int Day { get; init; }

    /// <summary>As <see cref="RollupWriter"/> wrote it.</summary>
    public byte[] Data { get; init; } = [];
}
