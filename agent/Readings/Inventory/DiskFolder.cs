using System.Globalization;
using HaiSoft.Agent.Readings.Files;

namespace HaiSoft.Agent.Readings.Inventory;

/// <summary>Reads whole disks from /sys/block: no command is sent to a disk, so none is woken.</summary>
// sda/size "7814037168"  sda/queue/rotational "1"  sda/device -> ../../../2:0:0:0  sda/device/model "ACME Spinner"
// sda/device/vpd_pg80 (four bytes, then the serial)  sda/device/wwid "naa.5123456001234567"  sda/device/enclosure_device:Slot 03
// nvme0n1/device/{model,serial,firmware_rev,address}  nvme0n1/wwid "eui.1234560123456789"  vda/serial
public static class DiskFolder
{
    private const int SectorBytes = 512; // the kernel counts so, whatever the disk's own sectors are

    /// <summary>The machine's whole disks; no partitions, and nothing that the kernel makes of others (loop, md, dm, zram).</summary>
    /// <param name="sysRoot">/sys, or a tree like it.</param>
    /// <param name="runRoot">/run, or a tree like it: udev's database knows serials that sysfs shows to root only.</param>
    public static IReadOnlyList<Disk> ReadAll(string sysRoot, string runRoot) =>
        [.. Listing.Names(Path.Combine(sysRoot, "block")).Where(name => IsDisk(sysRoot, name)).Select(name => Read(sysRoot, runRoot, name))];

    /// <summary>The whole disk that a partition ("sda1", "nvme0n1p2") is on; a whole disk's own name.</summary>
    public static string DiskOf(string sysRoot, string device)
    {
        var link = Path.Combine(sysRoot, "class", "block", device);
        return File.Exists(Path.Combine(link, "partition")) && Listing.Target(link) is { } target
            ? Path.GetFileName(Path.GetDirectoryName(target)) ?? device
            : device;
    }

    private static bool IsDisk(string sysRoot, string name) =>
        Directory.Exists(Path.Combine(sysRoot, "block", name, "device"))
        && !name.StartsWith("sr", StringComparison.Ordinal) && !name.StartsWith("fd", StringComparison.Ordinal);

    private static Disk Read(string sysRoot, string runRoot, string name)
    {
        var folder = Path.Combine(sysRoot, "block", name);
        var device = Path.Combine(folder, "device");
        var udev = UdevRecord.Read(runRoot, SmallFile.Text(Path.Combine(folder, "dev")));
        return new Disk
        {
            Name = name,
            Model = udev.Model ?? SmallFile.Text(Path.Combine(device, "model")),
            Serial = SmallFile.Text(Path.Combine(folder, "serial")) ?? SmallFile.Text(Path.Combine(device, "serial")) ?? PageSerial(device) ?? udev.Serial,
            Firmware = SmallFile.Text(Path.Combine(device, "firmware_rev")) ?? SmallFile.Text(Path.Combine(device, "rev")),
            Wwn = Wwn(SmallFile.Text(Path.Combine(folder, "wwid")) ?? SmallFile.Text(Path.Combine(device, "wwid"))),
            CapacityBytes = SmallFile.Count(Path.Combine(folder, "size")) is > 0 and <= long.MaxValue / SectorBytes and var sectors ? sectors * SectorBytes : null,
            Rotational = SmallFile.Flag(Path.Combine(folder, "queue", "rotational")),
            Slot = DiskSlot.Of(sysRoot, name),
        };
    }

    // Vital product data page 80h: type, page and length in four bytes, then the serial (SPC).
    private static string? PageSerial(string device) =>
        SmallFile.Text(Path.Combine(device, "vpd_pg80")) is { } page && page.AsSpan(FirstText(page)).Trim() is { IsEmpty: false } serial
            ? serial.ToString()
            : null;

    private static int FirstText(string page)
    {
        var start = 0;
        while (start < page.Length && page[start] is < ' ' or > '~')
            start++;
        return start;
    }

    private static string? Wwn(string? wwid)
    {
        if (wwid is null)
            return null;
        var dot = wwid.IndexOf('.', StringComparison.Ordinal);
        return dot is 3 && UInt128.TryParse(wwid.AsSpan(4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out _)
            ? wwid[4..].ToLowerInvariant()
            : null;
    }
}
