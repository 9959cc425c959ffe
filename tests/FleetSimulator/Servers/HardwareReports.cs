using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Servers;

/// <summary>What a simulated server's hardware shows: two NVMe disks in a mirror, memory with ECC, fans, one link; all well.</summary>
internal static class HardwareReports
{
    private static readonly Duration Minute = Duration.FromTimeSpan(TimeSpan.FromMinutes(1));
    private static readonly Duration FiveMinutes = Duration.FromTimeSpan(TimeSpan.FromMinutes(5));
    private static readonly Duration Brief = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(8));

    /// <summary>The sources that are read each minute (DOMAIN 4.6).</summary>
    public static IEnumerable<Report> EachMinute(SimulatedServer server) =>
    [
        Made(server, HardwareSource.Md, new HardwareReadings { Arrays = { Mirror(server) } }),
        Made(server, HardwareSource.Edac, new HardwareReadings { Memory = { Memory() } }),
        Made(server, HardwareSource.Hwmon, new HardwareReadings { Sensors = { Sensors(server) } }),
        Made(server, HardwareSource.Links, new HardwareReadings { Links = { Link() } }),
    ];

    /// <summary>The disks, by SMART.</summary>
    public static Report Disks(SimulatedServer server) =>
        Made(server, HardwareSource.Smart, new HardwareReadings { Disks = { server.Disks.Select(Disk) } });

    private static Report Made(SimulatedServer server, HardwareSource source, HardwareReadings readings)
    {
        Report report = server.Moments.Report(server.Moments.Now());
        report.Hardware = new HardwareReport
        {
            Source = source,
            Measured = readings,
            Duration = Brief,
            Interval = source == HardwareSource.Smart ? FiveMinutes : Minute,
        };
        return report;
    }

    private static DiskReading Disk(SimulatedDisk disk) => new()
    {
        Device = $"/dev/{disk.Name}",
        Protocol = DiskProtocol.Nvme,
        Model = disk.Model,
        Serial = disk.Serial,
        Firmware = "GDC5602Q",
        Slot = disk.Slot,
        CapacityBytes = SimulatedDisk.Capacity,
        RotationRpm = 0,
        SmartPassed = true,
        TemperatureCelsius = 36,
        PowerOnHours = 12_345,
        SelfTest = SelfTestOutcome.Passed,
        ErrorLogCount = 0,
        Nvme = new NvmeHealth
        {
            CriticalWarning = 0,
            AvailableSparePercent = 100,
            AvailableSpareThresholdPercent = 10,
            PercentageUsed = 3,
            MediaErrorCount = 0,
            UnsafeShutdownCount = 12,
        },
    };

    private static ArrayReading Mirror(SimulatedServer server) => new()
    {
        Name = "md0",
        Level = "raid1",
        RequiredCount = 2,
        ActiveCount = 2,
        Activity = ArrayActivity.Idle,
        CapacityBytes = SimulatedDisk.Capacity,
        Members =
        {
            server.Disks.Select(disk => new ArrayMember
            {
                Device = disk.Name + "p2",
                State = ArrayMemberState.InSync,
                DiskSerial = disk.Serial,
                DiskModel = disk.Model,
                DiskSlot = disk.Slot,
            }),
        },
    };

    private static IEnumerable<MemoryReading> Memory() =>
        Enumerable.Range(0, 2).Select(module => new MemoryReading { Controller = "mc0", Module = $"dimm{module}", Label = $"DIMM_A{module + 1}" });

    private static IEnumerable<SensorReading> Sensors(SimulatedServer server) =>
    [
        new() { SensorId = "k10temp-pci-00c3/temp1", Kind = SensorKind.Temperature, Value = 42 + (server.Number % 9), Critical = 95 },
        new() { SensorId = "nct6798-isa-0290/fan1", Kind = SensorKind.Fan, Value = 3_400 + (server.Number % 90), Low = 600 },
        new() { SensorId = "nct6798-isa-0290/fan2", Kind = SensorKind.Fan, Value = 3_350 + (server.Number % 90), Low = 600 },
    ];

    private static LinkReading Link() => new()
    {
        Name = "eno1",
        Enabled = true,
        Carrier = true,
        CarrierChangeCount = 2,
        SpeedMegabits = 1_000,
        ReceiveErrorCount = 0,
        TransmitErrorCount = 0,
        Physical = true,
    };
}
