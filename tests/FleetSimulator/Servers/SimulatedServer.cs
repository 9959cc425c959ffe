using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Servers;

/// <summary>What a simulated server is made of, and how it does: everything follows from its number and the seed.</summary>
internal sealed class SimulatedServer
{
    private readonly Random _random;

    public SimulatedServer(int number, int seed, int readings, TimeProvider time)
    {
        Number = number;
        _random = new Random(unchecked((seed * 1_000_003) + number));
        Moments = new ServerMoments(time, TimeSpan.FromHours(_random.Next(24, 24 * 200)), NewHexadecimal(16, _random));
        Disks = [.. Enumerable.Range(0, 2).Select(disk => new SimulatedDisk(number, disk))];
        Services = MainServices.All;
        Measurements = new MeasurementSeries(this, readings, _random);
    }

    /// <summary>From 1: which of the fleet.</summary>
    public int Number { get; }

    public ServerMoments Moments { get; }

    public IReadOnlyList<SimulatedDisk> Disks { get; }

    public IReadOnlyList<ServiceDefinition> Services { get; }

    public MeasurementSeries Measurements { get; }

    /// <summary>The service that does not run; null when all do.</summary>
    public ServiceDefinition? Down { get; set; }

    /// <summary>A new life of the spool: 32 characters of [0-9a-f], never one that was before, whatever the seed.</summary>
    public static string NewEpoch() => Guid.NewGuid().ToString("N");

    // The kernel writes its boot id as a UUID.
    private static string NewHexadecimal(int bytes, Random random)
    {
        byte[] id = new byte[bytes];
        random.NextBytes(id);
        return new Guid(id).ToString("D");
    }
}
