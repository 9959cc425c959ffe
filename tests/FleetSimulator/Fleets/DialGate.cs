namespace HaiSoft.FleetSimulator.Fleets;

/// <summary>How many agents dial at the same time, from the connection to Welcome.</summary>
internal sealed class DialGate : IDisposable
{
    private readonly SemaphoreSlim _places;

    public DialGate(int places) => _places = new SemaphoreSlim(places, int.MaxValue);

    /// <summary>Waits for a place; disposing what it gives, once or more often, frees it.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        return new DialPlace(_places);
    }

    /// <summary>Nothing holds them back from now on.</summary>
    public void Open() => _places.Release(1 << 24);

    public void Dispose() => _places.Dispose();

    private sealed class DialPlace(SemaphoreSlim places) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                places.Release();
        }
    }
}
