using System.Globalization;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Servers;

/// <summary>What a simulated server is made of.</summary>
internal static class InventoryReports
{
    public static Report Of(SimulatedServer server)
    {
        Report report = server.Moments.Report(server.Moments.Now());
        report.Inventory = new Inventory
        {
            HostName = string.Create(CultureInfo.InvariantCulture, $"sim-{server.Number:00000}.example"),
            OsName = "AlmaLinux 9.4 (Seafoam Ocelot)",
            OsId = "almalinux",
            OsVersion = "9.4",
            KernelRelease = "5.14.0-427.13.1.el9_4.x86_64",
            Architecture = "x86_64",
            CpuModel = "AMD EPYC 4464P 12-Core Processor",
            CpuCount = 24,
            CpuSocketCount = 1,
            MemoryBytes = 67_175_936_000,
            BoardVendor = "ASRockRack",
            BoardModel = "B650D4U",
            Virtualization = Virtualization.None,
            PackageManager = PackageManager.Dnf,
            BootTime = ServerMoments.Stamp(server.Moments.Booted),
            RebootNeeded = false,
            Disks = { server.Disks.Select(Disk) },
            NetworkInterfaces = { Interface(server) },
        };
        return report;
    }

    private static Disk Disk(SimulatedDisk disk) => new()
    {
        Name = disk.Name,
        Model = disk.Model,
        Serial = disk.Serial,
        Firmware = "GDC5602Q",
        CapacityBytes = SimulatedDisk.Capacity,
        Rotational = false,
        Slot = disk.Slot,
    };

    private static NetworkInterface Interface(SimulatedServer server) => new()
    {
        Name = "eno1",
        MacAddress = string.Create(CultureInfo.InvariantCulture, $"9c:6b:00:{server.Number >> 16 & 0xff:x2}:{server.Number >> 8 & 0xff:x2}:{server.Number & 0xff:x2}"),
        Addresses = { string.Create(CultureInfo.InvariantCulture, $"10.{server.Number >> 16 & 0xff}.{server.Number >> 8 & 0xff}.{server.Number & 0xff}/8") },
        SpeedMegabits = 1_000,
        LinkUp = true,
        Driver = "igb",
    };
}
