using System.Data.Common;
using Dapper;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements.Journal;

/// <summary>Reads and writes the journal's rows by hand SQL: this is the hot path.</summary>
internal static class JournalTable
{
    private const string Insert = "INSERT INTO measurement_journal (entry_key, written_time, data) VALUES (@key, @writtenTime, @data)";

    private const string Front = """
        SELECT entry_key, data FROM measurement_journal WHERE entry_key >= @from AND entry_key < @to ORDER BY entry_key
        """;

    private const string Delete = "DELETE FROM measurement_journal WHERE entry_key >= @first AND entry_key <= @last";

    private const string Oldest = """
        SELECT written_time FROM measurement_journal WHERE entry_key >= @from AND entry_key < @to ORDER BY entry_key LIMIT 1
        """;

    private const string Fill = """
        SELECT COALESCE(SUM(LENGTH(data)), 0) AS bytes, MIN(written_time) AS oldest_time, MAX(entry_key) AS last_key
        FROM measurement_journal WHERE entry_key >= @from AND entry_key < @to
        """;

    public static Task AddAsync(WriteSession session, long key, byte[] data, CancellationToken cancellationToken) =>
        session.Connection.ExecuteAsync(new CommandDefinition(
            Insert,
            new { key, writtenTime = session.Now.ToUnixMicroseconds(), data },
            session.Transaction,
            cancellationToken: cancellationToken));

    /// <summary>The rows of a lane, oldest first, one at a time.</summary>
    public static IAsyncEnumerable<JournalEntry> ReadAsync(DbConnection connection, int lane) =>
        connection.QueryUnbufferedAsync<JournalEntry>(Front, new { from = JournalLane.FirstKey(lane), to = JournalLane.FirstKey(lane + 1) });

    /// <summary>The first rows of a lane: so many bytes, but one row at least where there is one.</summary>
    public static async Task<List<JournalEntry>> FrontAsync(
        DbConnection connection, int lane, long mostBytes, CancellationToken cancellationToken)
    {
        List<JournalEntry> entries = [];
        long bytes = 0;
        await foreach (JournalEntry entry in ReadAsync(connection, lane).WithCancellation(cancellationToken))
        {
            if (entries.Count > 0 && bytes + entry.Data.Length > mostBytes)
                break;
            entries.Add(entry);
            bytes += entry.Data.Length;
        }

        return entries;
    }

    /// <summary>Removes rows that were read.</summary>
    /// <exception cref="InvalidOperationException">Others are between them that were not: nothing may be removed.</exception>
    public static async Task RemoveAsync(WriteSession session, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        int removed = await session.Connection.ExecuteAsync(new CommandDefinition(
            Delete,
            new { first = entries[0].EntryKey, last = entries[^1].EntryKey },
            session.Transaction,
            cancellationToken: cancellationToken));
        if (removed != entries.Count)
            throw new InvalidOperationException($"{entries.Count} rows of the journal were read, and {removed} are there now.");
    }

    /// <summary>When the first row of a lane was written; absent when it is empty.</summary>
    public static Task<long?> OldestTimeAsync(WriteSession session, int lane, CancellationToken cancellationToken) =>
        session.Connection.QueryFirstOrDefaultAsync<long?>(new CommandDefinition(
            Oldest,
            new { from = JournalLane.FirstKey(lane), to = JournalLane.FirstKey(lane + 1) },
            session.Transaction,
            cancellationToken: cancellationToken));

    /// <summary>What a lane holds.</summary>
    public static Task<JournalFill> FillAsync(WriteSession session, int lane, CancellationToken cancellationToken) =>
        session.Connection.QuerySingleAsync<JournalFill>(new CommandDefinition(
            Fill,
            new { from = JournalLane.FirstKey(lane), to = JournalLane.FirstKey(lane + 1) },
            session.Transaction,
            cancellationToken: cancellationToken));
}

/// <summary>A row of the journal.</summary>
internal sealed class JournalEntry
{
    /// <summary>Its place.</summary>
    public long EntryKey { get; init; }

    /// <summary>As <see cref="JournalWriter"/> made it.</summary>
    public byte[] Data { get; init; } = [];
}

/// <summary>What a lane of the journal holds.</summary>
internal sealed class JournalFill
{
    /// <summary>Its bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>When the first row was written, in Unix microseconds; absent without rows.</summary>
    public long? OldestTime { get; init; }

    /// <summary>The place of the last row; absent without rows.</summary>
    public long? LastKey { get; init; }
}
