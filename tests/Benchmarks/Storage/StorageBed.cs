using HaiSoft.Controller.Measurements;
using HaiSoft.Controller.Measurements.Upkeep;
using HaiSoft.Controller.Storage;
using HaiSoft.Testing.Clock;
using HaiSoft.Testing.Files;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HaiSoft.Benchmarks.Storage;

/// <summary>The controller's store of measurements on a database of its own, without the rest of the controller and with a clock that is set.</summary>
internal sealed class StorageBed : IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly ServiceProvider _services;

    private StorageBed() => _services = new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(Time)
        .AddSingleton(Options.Create(new MeasurementOptions()))
        .AddSingleton(Options.Create(new StoreOptions { DataFolder = _folder.Path }))
        .AddSingleton<StoreConnections>()
        .AddSingleton<WriteGate>()
        .AddSingleton<Migrator>()
        .AddMeasurementStore()
        .BuildServiceProvider();

    public SettableTime Time { get; } = new(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));

    public MeasurementStore Measurements => _services.GetRequiredService<MeasurementStore>();

    public WriteGate Gate => _services.GetRequiredService<WriteGate>();

    /// <summary>User and system time of upkeep so far, in seconds.</summary>
    public double UpkeepCpu { get; private set; }

    public static async Task<StorageBed> MakeAsync(CancellationToken cancellationToken)
    {
        StorageBed bed = new();
        await bed._services.GetRequiredService<Migrator>().ApplyAsync(cancellationToken);
        return bed;
    }

    /// <summary>Lets upkeep do all that is due at this hour of the bed's clock.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        MeasurementUpkeep upkeep = _services.GetRequiredService<MeasurementUpkeep>();
        while (await upkeep.WorkAsync(cancellationToken))
        {
        }

        UpkeepCpu += (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    /// <summary>Bytes of the whole pages that a table and its indexes take: those that are free in a copy without it.</summary>
    public double BytesOf(string table)
    {
        using SqliteConnection original = new($"Data Source={Path.Combine(_folder.Path, "controller.db")}");
        using SqliteConnection copy = new($"Data Source={Path.Combine(_folder.Path, "copy.db")};Pooling=False");
        original.Open();
        copy.Open();
        original.BackupDatabase(copy);
        long free = Scalar(copy, "PRAGMA freelist_count");
        Scalar(copy, $"DROP TABLE {table}");
        return (Scalar(copy, "PRAGMA freelist_count") - free) * Scalar(copy, "PRAGMA page_size");
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(command.ExecuteScalar() ?? 0L);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}
