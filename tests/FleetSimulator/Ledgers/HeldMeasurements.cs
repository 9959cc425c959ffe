using HaiSoft.Controller.Measurements;
using HaiSoft.Controller.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HaiSoft.FleetSimulator.Ledgers;

/// <summary>The measurements in a data folder that no controller uses, as the controller itself reads them.</summary>
internal sealed class HeldMeasurements : IDisposable
{
    private readonly ServiceProvider _services;

    /// <summary>Opens the database of a data folder.</summary>
    public HeldMeasurements(string dataFolder) => _services = new ServiceCollection()
        .AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddSingleton(Options.Create(new StoreOptions { DataFolder = dataFolder }))
        .AddSingleton<StoreConnections>()
        .AddSingleton<WriteGate>()
        .AddMeasurementStore()
        .BuildServiceProvider();

    /// <summary>How many instants of a server were read at, from one on.</summary>
    public int Count(string serverId, DateTimeOffset from) =>
        _services.GetRequiredService<MeasurementStore>().CountAsync(serverId, from, CancellationToken.None).GetAwaiter().GetResult();

    public void Dispose() => _services.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
