using System.Data;
using System.Data.Common;

namespace HaiSoft.Controller.Storage;

/// <summary>The one writer of this process: every change runs in a transaction of its own, one after the other.</summary>
public sealed class WriteGate(StoreConnections connections, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private DbConnection? _connection;
    private bool _claims;

    /// <summary>
    /// From now on this process is the one controller that writes: where another one is, everything here fails with
    /// <see cref="StoreClaimedException"/>. Without it, writes are those of a command beside the running controller.
    /// </summary>
    internal void Claim() => _claims = true;

    /// <summary>
    /// Runs the work in a transaction and commits it. When the work throws, nothing of it stays. When this returns, the
    /// change is on stable storage.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<WriteSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        HoldAsync(
            async (connection, token) =>
            {
                await using DbTransaction transaction = await connections.Engine.BeginAsync(connection, token);
                await using WriteSession session = new(connections, transaction, time.GetUtcNow());
                T result = await work(session, token);
                await session.FinishAsync(token);
                await transaction.CommitAsync(CancellationToken.None);
                session.TellCommitted();
                return result;
            },
            cancellationToken);

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
        await _turn.WaitAsync(cancellationToken);
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
