using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Disks;
using HaiSoft.Agent.Readings.Files;
using HaiSoft.Agent.Readings.Hardware;
using HaiSoft.Agent.Readings.Inventory;
using HaiSoft.Protocol.Helper.V1;

namespace HaiSoft.Agent.Hardware;

/// <summary>Reads the disks' own health through the helper, and adds where each disk is plugged.</summary>
internal sealed class SmartSensor(HelperClient helper, FileRoots roots)
{
    // A disk that sleeps, or is gone mad, does not tell who it is: it was asked before.
    private readonly Dictionary<string, DiskReading> _known = new(StringComparer.Ordinal);

    public async Task<Reading<HardwareComponents>> ReadAsync(CancellationToken cancellationToken)
    {
        if (!HasCandidates())
        {
            return Reading.NotApplicable<HardwareComponents>("no disk that could answer SMART");
        }

        return await helper.ProbeAsync(ProbeSource.Smart, cancellationToken) switch
        {
            Measured<IReadOnlyList<ToolOutput>> { Value: [var scan, ..] outputs } => Read(scan, outputs),
            Unavailable<IReadOnlyList<ToolOutput>> unavailable => new Unavailable<HardwareComponents>(unavailable.Why),
            _ => Reading.Unavailable<HardwareComponents>(UnavailableReason.NotUnderstood, "the helper answered without a scan"),
        };
    }

    private Reading<HardwareComponents> Read(ToolOutput scan, IReadOnlyList<ToolOutput> outputs)
    {
        if (scan.Problem is not null)
        {
            return new Unavailable<HardwareComponents>(scan.Problem);
        }

        Reading<IReadOnlyList<ScannedDevice>> scanned = SmartctlScan.Parse(scan.Output);
        return scanned is Measured<IReadOnlyList<ScannedDevice>> { Value: var devices }
            ? Read(scan, devices, outputs)
            : new Unavailable<HardwareComponents>(((Unavailable<IReadOnlyList<ScannedDevice>>)scanned).Why);
    }

    private Reading<HardwareComponents> Read(ToolOutput scan, IReadOnlyList<ScannedDevice> devices, IReadOnlyList<ToolOutput> outputs)
    {
        List<DiskReading> disks = [];
        foreach (ScannedDevice device in devices)
        {
            ToolOutput? output = outputs.FirstOrDefault(run => run != scan && run.Subject == device.Subject);
            disks.Add(Complete(Disk(device, output)));
        }

        return disks.Count == 0
            ? Reading.NotApplicable<HardwareComponents>("no disk answers SMART")
            : Reading.Measured(new HardwareComponents { Disks = disks });
    }

    private static DiskReading Disk(ScannedDevice device, ToolOutput? output)
    {
        Unavailability? problem = device.OpenError is { } error
            ? new(UnavailableReason.ToolFailed, $"smartctl cannot open it: {error}")
            : output is null ? new(UnavailableReason.Denied, "the helper does not ask a device of this name") : output.Problem;
        return problem is null
            ? SmartctlOutput.Parse(output!.Output, device.Subject)
            : new DiskReading { Device = device.Subject, Unreadable = problem };
    }

    private DiskReading Complete(DiskReading disk)
    {
        string? name = BlockName(disk.Device);
        DiskReading? known = _known.GetValueOrDefault(disk.Device);
        bool silent = disk.Health is null && known is not null && disk.Serial is null;
        DiskReading complete = disk with
        {
            Protocol = disk.Protocol == DiskProtocol.Unknown && silent ? known!.Protocol : disk.Protocol,
            Model = disk.Model ?? (silent ? known!.Model : null),
            Serial = disk.Serial ?? (silent ? known!.Serial : null),
            Firmware = disk.Firmware ?? (silent ? known!.Firmware : null),
            Wwn = disk.Wwn ?? (silent ? known!.Wwn : null),
            CapacityBytes = disk.CapacityBytes ?? (silent ? known!.CapacityBytes : null),
            RotationRpm = disk.RotationRpm ?? (silent ? known!.RotationRpm : null),
            Slot = name is null ? Behind(disk.Device) : DiskSlot.Of(roots.Sys, name),
        };
        _known[disk.Device] = complete;
        return complete;
    }

    private bool HasCandidates() => Listing.Names(roots.InSys("block")).Any(name =>
        name.StartsWith("sd", StringComparison.Ordinal) || name.StartsWith("nvme", StringComparison.Ordinal) || name.StartsWith("hd", StringComparison.Ordinal))
        || Listing.Names(roots.InSys("class/nvme")).Count > 0;

    // "/dev/sda" is sda; "/dev/nvme0" is a controller, whose disk is nvme0n1; behind a RAID controller there is no such name.
    private string? BlockName(string device)
    {
        if (device.Contains(' ', StringComparison.Ordinal) || !device.StartsWith("/dev/", StringComparison.Ordinal))
        {
            return null;
        }

        string name = device["/dev/".Length..];
        return Directory.Exists(roots.InSys("block/" + name))
            ? name
            : Listing.Names(roots.InSys("block"), name + "n") is [var disk, ..] ? disk : null;
    }

    private static string? Behind(string device) =>
        device.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank ? device[(blank + 1)..] : null;
}
