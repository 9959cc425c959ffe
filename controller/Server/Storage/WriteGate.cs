using System.Data;
using System.Data.Common;

namespace HaiSoft.Controller.Storage;

/// <summary>The one writer of this process: every change runs in a transaction of its own, one after the other.</summary>
public sealed class WriteGate(StoreConnections connections, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly List<Action<WriteTold>> _watchers = [];
    private DbConnection? _connection;
    private bool _claims;
    private int _waiting;

    /// <summary>
    /// From now on this process is the one controller that writes: where another one is, everything here fails with
    /// <see cref="StoreClaimedException"/>. Without it, writes are those of a command beside the running controller.
    /// </summary>
    internal void Claim() => _claims = true;

    /// <summary>How many wait for their turn.</summary>
    internal int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Has this told of every turn that writes. Before the first one; must not throw or block.</summary>
    internal void Watch(Action<WriteTold> watcher) => _watchers.Add(watcher);

    /// <summary>
    /// Runs the work in a transaction and commits it. When the work throws, nothing of it stays. When this returns, the
    /// change is on stable storage.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<WriteSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        long asked = time.GetTimestamp();
        long begun = 0;
        TimeSpan? committing = null;
        try
        {
            T result = await HoldAsync(
                async (connection, token) =>
                {
                    begun = time.GetTimestamp();
                    await using DbTransaction transaction = await connections.Engine.BeginAsync(connection, token);
                    await using WriteSession session = new(connections, transaction, time.GetUtcNow());
                    T made = await work(session, token);
                    await session.FinishAsync(token);
                    long finished = time.GetTimestamp();
                    await transaction.CommitAsync(CancellationToken.None);
                    committing = time.GetElapsedTime(finished);
                    session.TellCommitted();
                    return made;
                },
                cancellationToken);
            Tell(asked, begun, committing, fault: null);
            return result;
        }
        catch (Exception e)
        {
            Tell(asked, begun, committing, e);
            throw;
        }
    }

    /// <summary>As the other, for work without a result.</summary>
    public Task WriteAsync(Func<WriteSession, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        WriteAsync(
            async (session, token) =>
            {
                await work(session, token);
                return true;
            },
            cancellationToken);

    /// <summary>Hands out the writer's connection; the work makes its own transactions.</summary>
    internal async Task<T> HoldAsync<T>(Func<DbConnection, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _turn.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            _connection ??= await OpenAsync(cancellationToken);
            return await work(_connection, cancellationToken);
        }
        finally
        {
            await LeaveBrokenAsync();
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _turn.Dispose();
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        DbConnection connection = await connections.Engine.OpenWriterAsync(cancellationToken);
        try
        {
            if (_claims)
                await connections.Engine.ClaimAsync(connection, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // A turn that was never had (no connection, or nobody waited for it any more) is all waiting.
    private void Tell(long asked, long begun, TimeSpan? committing, Exception? fault)
    {
        long ended = time.GetTimestamp();
        WriteTold told = begun == 0
            ? new(time.GetElapsedTime(asked, ended), TimeSpan.Zero, committing, fault)
            : new(time.GetElapsedTime(asked, begun), time.GetElapsedTime(begun, ended), committing, fault);
        foreach (Action<WriteTold> watcher in _watchers)
            watcher(told);
    }

    // A database that went away comes back on a new connection only.
    private async Task LeaveBrokenAsync()
    {
        if (_connection is { State: not ConnectionState.Open } broken)
        {
            _connection = null;
            await broken.DisposeAsync();
        }
    }
}
