using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Storage;

/// <summary>
/// What differs between the databases that can hold the controller's state; everything else is the same SQL on both. For that,
/// integers, flags (0 or 1), instants and enumerations are 64-bit integers on both and days are text; a parameter of a flag is a number;
/// a column that is set from <c>excluded</c> is named with its table where it is read; <c>IN</c> takes no list (LINQ does).
/// </summary>
internal abstract class StoreEngine
{
    /// <summary>The database as messages name it: never with a password.</summary>
    public abstract string Name { get; }

    /// <summary>The folder of its migrations below <c>Storage/Migrations</c>.</summary>
    public abstract string MigrationFolder { get; }

    /// <summary>The engine that the options choose.</summary>
    public static StoreEngine Of(StoreOptions options) =>
        options.Kind == StoreKind.Postgres ? new Postgres.PostgresEngine(options.ReadPostgresConnection()) : new Sqlite.SqliteEngine(options.DatabaseFile);

    /// <summary>Opens a connection for reading.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Opens a connection whose commits are on stable storage when they return; its own, never out of a pool.</summary>
    public abstract Task<DbConnection> OpenWriterAsync(CancellationToken cancellationToken);

    /// <summary>Makes this process the one controller that writes, for as long as the writer's connection lives.</summary>
    /// <exception cref="StoreClaimedException">Another controller does.</exception>
    public abstract Task ClaimAsync(DbConnection writer, CancellationToken cancellationToken);

    /// <summary>Begins a transaction in which nobody else writes.</summary>
    public abstract Task<DbTransaction> BeginAsync(DbConnection writer, CancellationToken cancellationToken);

    /// <summary>Whether there is a database with a schema yet.</summary>
    public abstract Task<bool> IsMadeAsync(CancellationToken cancellationToken);

    /// <summary>What this database is set to that could lose what was acknowledged, in words; empty for nothing.</summary>
    public abstract Task<IReadOnlyList<string>> DoubtsAsync(DbConnection writer, CancellationToken cancellationToken);

    /// <summary>Whether this is a fault of the database or of what it lies on, and not of what was asked of it.</summary>
    public abstract bool IsFault(Exception exception);

    /// <summary>Whether after this fault, when it is over, the database may be damaged although it takes writes again: it is to be read as a whole.</summary>
    public abstract bool LeavesDoubt(Exception fault);

    /// <summary>The fault of the database that is in this exception, or in what it came of; absent when there is none.</summary>
    public Exception? FaultIn(Exception? exception)
    {
        while (exception is not null && !IsFault(exception))
            exception = exception.InnerException;
        return exception;
    }

    /// <summary>Why what is written is not kept, although the database says so; absent when nothing tells.</summary>
    public abstract string? Lost();

    /// <summary>How much room it takes.</summary>
    public abstract Task<StoreSize> SizeAsync(CancellationToken cancellationToken);

    /// <summary>Copies the database into an empty file while it is in use, as of one instant, and verifies the copy.</summary>
    /// <returns>Absent when it did; otherwise what does it for this database, in words.</returns>
    /// <exception cref="InvalidDataException">The database is damaged.</exception>
    public abstract Task<string?> CopyAsync(string file, CancellationToken cancellationToken);

    /// <summary>Reads all of the database.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public abstract Task VerifyAsync(CancellationToken cancellationToken);

    /// <summary>Ends the connections that wait to be used again.</summary>
    public abstract void LeavePool();

    /// <summary>Lets EF Core open connections by itself.</summary>
    public abstract void Configure(DbContextOptionsBuilder builder);

    /// <summary>Lets EF Core use a connection that is open already.</summary>
    public abstract void Configure(DbContextOptionsBuilder builder, DbConnection connection);

    /// <summary>Why the controller cannot start on this database, and what to do about it.</summary>
    public abstract StartRefusedException Explain(DbException fault);
}
