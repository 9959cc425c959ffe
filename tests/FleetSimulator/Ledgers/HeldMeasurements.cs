using HaiSoft.Controller.Measurements;
using HaiSoft.Controller.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HaiSoft.FleetSimulator.Ledgers;

/// <summary>The measurements of a controller's database, as the controller itself reads them.</summary>
internal sealed class HeldMeasurements : IDisposable
{
    private readonly ServiceProvider _services;

    public HeldMeasurements(StoreOptions store) => _services = new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(Options.Create(store))
        .AddSingleton<StoreConnections>()
        .AddSingleton<WriteGate>()
        .AddMeasurementStore()
        .BuildServiceProvider();

    /// <summary>How many instants of a server were read at, from one on.</summary>
    public int Count(string serverId, DateTimeOffset from) =>
        _services.GetRequiredService<MeasurementStore>().CountAsync(serverId, from, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>What a series of a server was, from an instant on.</summary>
    public IEnumerable<LedgerMark> Marks(string serverId, string metric, DateTimeOffset from) =>
        _services.GetRequiredService<MeasurementStore>()
            .ReadAsync(serverId, metric, component: "", from, DateTimeOffset.MaxValue, int.MaxValue, CancellationToken.None).GetAwaiter().GetResult()
            .Select(point => new LedgerMark(metric, point.Value));

    public void Dispose() => _services.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
