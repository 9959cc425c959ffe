using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Catalogues;

/// <summary>What is published, read once after each publication.</summary>
internal sealed class PublishedCatalogues(IDbContextFactory<ControllerDbContext> contexts)
{
    private readonly List<Action> _reactions = [];
    private Task<PublishedTrust>? _current;

    /// <summary>Has this done whenever something was published, durably. Before the first publication; must not throw or block.</summary>
    public void WhenChanged(Action react) => _reactions.Add(react);

    /// <summary>Something was published.</summary>
    public void Changed()
    {
        Volatile.Write(ref _current, null);
        _reactions.ForEach(react => react());
    }

    /// <summary>What is published now.</summary>
    public Task<PublishedTrust> CurrentAsync(CancellationToken cancellationToken) =>
        (Volatile.Read(ref _current) ?? ReadAsync()).WaitAsync(cancellationToken);

    private Task<PublishedTrust> ReadAsync()
    {
        TaskCompletionSource<PublishedTrust> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return Interlocked.CompareExchange(ref _current, source.Task, null) is { } other ? other : FillAsync(source);
    }

    // A reading that failed, or that a publication overtook, is not kept.
    private async Task<PublishedTrust> FillAsync(TaskCompletionSource<PublishedTrust> source)
    {
        try
        {
            PublishedTrust read = await ReadAllAsync();
            source.SetResult(read);
            return read;
        }
        catch (Exception e)
        {
            _ = Interlocked.CompareExchange(ref _current, null, source.Task);
            source.SetException(e);
            throw;
        }
    }

    private async Task<PublishedTrust> ReadAllAsync()
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync();
        return new(
            await db.Set<PublishedRootRow>().AsNoTracking().OrderBy(row => row.Version).ToListAsync(),
            await db.Set<PublishedCatalogueRow>().AsNoTracking().OrderByDescending(row => row.Version).FirstOrDefaultAsync());
    }
}
