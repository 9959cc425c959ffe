using System.Data.Common;

namespace HaiSoft.Controller.Storage;

/// <summary>The one writer of this process: every change runs in a transaction of its own, one after the other.</summary>
public sealed class WriteGate(StoreConnections connections, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private DbConnection? _connection;

    /// <summary>
    /// Runs the work in a transaction and commits it. When the work throws, nothing of it stays. When this returns, the
    /// change is on stable storage.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<WriteSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _connection ??= await connections.OpenAsync(cancellationToken);
            await using DbTransaction transaction = await _connection.BeginTransactionAsync(cancellationToken);
            await using WriteSession session = new(transaction, time.GetUtcNow());
            T result = await work(session, cancellationToken);
            await session.FinishAsync(cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
            session.TellCommitted();
            return result;
        }
        finally
        {
            _turn.Release();
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

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _turn.Dispose();
    }
}
