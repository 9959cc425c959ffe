using System.Data.Common;
using Dapper;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements.Blocks;

/// <summary>The blocks' rows. Those of one server never overlap, and none reaches over the end of a day (UTC).</summary>
internal static class BlockTable
{
    private const string Insert = """
        INSERT INTO measurement_blocks (server_id, start_time, end_time, instant_count, data)
        VALUES (@serverId, @startTime, @endTime, @instantCount, @data)
        """;

    private const string Delete = "DELETE FROM measurement_blocks WHERE server_id = @serverId AND start_time = @startTime";

    private const string DeleteBefore = "DELETE FROM measurement_blocks WHERE server_id = @serverId AND start_time < @before";

    // A block lasts a day at most: none that reaches into the range starts earlier than a day before it.
    private const string Within = """
        FROM measurement_blocks WHERE server_id = @serverId
          AND start_time > @from - 86400000000 AND end_time >= @from AND start_time < @to
        ORDER BY start_time
        """;

    private const string List = "SELECT start_time, end_time, instant_count " + Within;

    private const string Read = "SELECT start_time, end_time, instant_count, data " + Within;

    public static Task AddAsync(WriteSession session, string serverId, StoredBlock block, CancellationToken cancellationToken) =>
        session.Connection.ExecuteAsync(new CommandDefinition(
            Insert,
            new { serverId, startTime = block.StartTime, endTime = block.EndTime, instantCount = block.InstantCount, data = block.Data },
            session.Transaction,
            cancellationToken: cancellationToken));

    /// <summary>Removes a block.</summary>
    /// <returns>False when it is not there.</returns>
    public static async Task<bool> RemoveAsync(WriteSession session, string serverId, long startTime, CancellationToken cancellationToken) =>
        await session.Connection.ExecuteAsync(new CommandDefinition(
            Delete, new { serverId, startTime }, session.Transaction, cancellationToken: cancellationToken)) == 1;

    /// <summary>Removes the blocks that start before an instant.</summary>
    public static Task RemoveBeforeAsync(WriteSession session, string serverId, long before, CancellationToken cancellationToken) =>
        session.Connection.ExecuteAsync(new CommandDefinition(
            DeleteBefore, new { serverId, before }, session.Transaction, cancellationToken: cancellationToken));

    /// <summary>The blocks with a reading from an instant up to, not including, another; without their data.</summary>
    public static async Task<IReadOnlyList<StoredBlock>> ListAsync(
        DbConnection connection, string serverId, long from, long to, CancellationToken cancellationToken) =>
        [.. await connection.QueryAsync<StoredBlock>(new CommandDefinition(
            List, new { serverId, from, to }, cancellationToken: cancellationToken))];

    /// <summary>The same with their data, one at a time.</summary>
    public static IAsyncEnumerable<StoredBlock> ReadAsync(DbConnection connection, string serverId, long from, long to) =>
        connection.QueryUnbufferedAsync<StoredBlock>(Read, new { serverId, from, to });
}

/// <summary>A block's row.</summary>
internal sealed class StoredBlock
{
    /// <summary>Its first instant, in Unix microseconds.</summary>
    public long StartTime { get; init; }

    /// <summary>Its last.</summary>
    public long EndTime { get; init; }

    /// <summary>Its instants.</summary>
    public int InstantCount { get; init; }

    /// <summary>As <see cref="BlockWriter"/> wrote it; empty where it was not asked for.</summary>
    public byte[] Data { get; init; } = [];
}
