using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Servers;

/// <summary>The series that a server can have, the most usual first; after its number, a report of N readings has the first N - 1.</summary>
internal static class SeriesCatalogue
{
    private const double Gibibyte = 1L << 30;
    private const double Page = 4096;

    /// <summary>Most readings of one simulated report.</summary>
    public const int Most = 1 + 14 + (Links * 4) + (FileSystems * 4) + (Disks * 6);

    private const int Links = 2;
    private const int FileSystems = 4;
    private const int Disks = 2;

    public static IEnumerable<SeriesWalk> For(SimulatedServer server) =>
        Machine()
            .Concat(new[] { "eno1", "eno2" }.SelectMany(Link))
            .Concat(new[] { "/", "/var", "/home", "/tmp" }.SelectMany(FileSystem))
            .Concat(server.Disks.SelectMany(Disk));

    private static IEnumerable<SeriesWalk> Machine() =>
    [
        Level("load.1m", "", 0, 24, 0.4, 0.01),
        Level("load.5m", "", 0, 24, 0.1, 0.01),
        Level("load.15m", "", 0, 24, 0.04, 0.01),
        Level("cpu.busy_ratio", "", 0, 1, 0.05, 0.001),
        Level("cpu.wait_ratio", "", 0, 0.2, 0.01, 0.001),
        Level("memory.total_bytes", "", 67_175_936_000, 67_175_936_000, 0, 1024),
        Level("memory.available_bytes", "", 4 * Gibibyte, 60 * Gibibyte, 64 << 20, 1024),
        Level("memory.cached_bytes", "", 1 * Gibibyte, 40 * Gibibyte, 16 << 20, 1024),
        Level("swap.total_bytes", "", 8 * Gibibyte, 8 * Gibibyte, 0, 1024),
        Level("swap.used_bytes", "", 0, 1 * Gibibyte, Page * 4, 1024),
        Level("processes.count", "", 180, 900, 6, 1),
        Level("processes.blocked_count", "", 0, 4, 0.6, 1),
        Count("system.uptime_seconds", "", 86_400, 60, 1),
        Count("pressure.io_stalled_microseconds", "", 1e9, 20_000, 1),
    ];

    private static IEnumerable<SeriesWalk> Link(string name) =>
    [
        Count("network.receive_bytes", name, 5e11, 9e6, 1),
        Count("network.transmit_bytes", name, 9e11, 3e7, 1),
        Count("network.receive_errors_count", name, 0, 0, 1),
        Count("network.transmit_errors_count", name, 0, 0, 1),
    ];

    private static IEnumerable<SeriesWalk> FileSystem(string mountPoint) =>
    [
        Level("filesystem.size_bytes", mountPoint, 400 * Gibibyte, 400 * Gibibyte, 0, Page),
        Level("filesystem.used_bytes", mountPoint, 40 * Gibibyte, 300 * Gibibyte, 1 << 20, Page),
        Level("filesystem.inodes_count", mountPoint, 26_214_400, 26_214_400, 0, 1),
        Level("filesystem.inodes_used_count", mountPoint, 200_000, 2_000_000, 40, 1),
    ];

    private static IEnumerable<SeriesWalk> Disk(SimulatedDisk disk) =>
    [
        Level("disk.temperature_celsius", disk.Serial, 28, 62, 0.8, 1),
        Count("disk.read_bytes", disk.Serial, 4e11, 2e6, 512),
        Count("disk.write_bytes", disk.Serial, 9e11, 8e6, 512),
        Count("disk.read_count", disk.Serial, 4e7, 90, 1),
        Count("disk.write_count", disk.Serial, 9e7, 600, 1),
        Count("disk.busy_milliseconds", disk.Serial, 2e8, 900, 1),
    ];

    private static SeriesWalk Level(string metric, string component, double low, double high, double stride, double unit) =>
        new(metric, component, SeriesKind.Gauge, low, high, stride, unit);

    private static SeriesWalk Count(string metric, string component, double first, double growth, double unit) =>
        new(metric, component, SeriesKind.Counter, first, double.MaxValue, growth, unit);
}
