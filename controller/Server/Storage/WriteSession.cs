using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Storage;

/// <summary>One transaction that writes. Given out by <see cref="WriteGate"/>, one at a time.</summary>
public sealed class WriteSession : IAsyncDisposable
{
    private readonly List<Func<CancellationToken, Task>> _beforeCommit = [];
    private readonly List<Action> _afterCommit = [];
    private readonly StoreConnections _connections;
    private ControllerDbContext? _db;

    internal WriteSession(StoreConnections connections, DbTransaction transaction, DateTimeOffset now)
    {
        _connections = connections;
        Transaction = transaction;
        Now = now;
    }

    /// <summary>The controller's time at the start of this transaction.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>For SQL by hand: pass it on to every command.</summary>
    public DbTransaction Transaction { get; }

    /// <summary>For SQL by hand.</summary>
    public DbConnection Connection => Transaction.Connection!;

    /// <summary>For EF Core. Call SaveChangesAsync before the work returns.</summary>
    public ControllerDbContext Db => _db ??= MakeContext();

    /// <summary>Writes, when the work is done and before the commit, what was gathered meanwhile. When it throws, nothing stays.</summary>
    public void BeforeCommit(Func<CancellationToken, Task> action) => _beforeCommit.Add(action);

    /// <summary>Does something once the transaction is durable: a push to pages, an acknowledgement. Must not throw or block.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_db is not null)
            await _db.DisposeAsync();
    }

    internal async Task FinishAsync(CancellationToken cancellationToken)
    {
        foreach (Func<CancellationToken, Task> action in _beforeCommit)
            await action(cancellationToken);
    }

    internal void TellCommitted() => _afterCommit.ForEach(action => action());

    private ControllerDbContext MakeContext()
    {
        ControllerDbContext db = _connections.ContextOn(Connection);
        db.Database.UseTransaction(Transaction);
        return db;
    }
}
