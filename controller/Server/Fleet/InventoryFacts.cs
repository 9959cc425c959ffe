using System.Globalization;
using HaiSoft.Controller.Ingest;

namespace HaiSoft.Controller.Fleet;

/// <summary>An inventory in pairs for people. What was not reported is left out.</summary>
internal static class InventoryFacts
{
    public static IReadOnlyList<ServerFact> Of(ServerInventory inventory) =>
        [.. Pairs(inventory).Where(pair => !string.IsNullOrWhiteSpace(pair.Value)).Select(pair => new ServerFact(pair.Name, pair.Value!))];

    private static IEnumerable<(string Name, string? Value)> Pairs(ServerInventory inventory)
    {
        yield return ("Host name", inventory.HostName);
        yield return ("System", inventory.OsName);
        yield return ("Kernel", Join(" ", inventory.KernelRelease, inventory.Architecture));
        yield return ("Processor", Processor(inventory));
        yield return ("Memory", Size(inventory.MemoryBytes));
        yield return ("Board", Join(" ", inventory.BoardVendor, inventory.BoardModel, Serial(inventory.BoardSerial)));
        yield return ("Firmware", inventory.FirmwareVersion);
        yield return ("Seen as", SeenAs(inventory));
        yield return ("Packages", inventory.PackageManager);
        yield return ("Started", inventory.BootTime?.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));
        foreach (InventoryDisk disk in inventory.Disks)
            yield return ($"Disk {disk.Name}", Join(", ", Join(" ", disk.Model, Serial(disk.Serial)), Size(disk.CapacityBytes), Slot(disk.Slot)));
        foreach (InventoryMemory module in inventory.Memory)
            yield return ($"Module {module.Locator}", Module(module));
        foreach (InventoryInterface network in inventory.Interfaces)
            yield return ($"Network {network.Name}", Join(", ", string.Join(' ', network.Addresses), network.MacAddress, Link(network)));
    }

    private static string Processor(ServerInventory inventory) => Join(
        ", ",
        inventory.CpuModel,
        inventory.CpuSocketCount is { } sockets ? $"{sockets} socket{(sockets == 1 ? "" : "s")}" : null,
        inventory.CpuCount is { } count ? $"{count} logical" : null);

    private static string? SeenAs(ServerInventory inventory)
    {
        string? name = string.IsNullOrEmpty(inventory.VirtualizationName) ? null : $"({inventory.VirtualizationName})";
        return inventory.SeenAs switch
        {
            Ingest.SeenAs.Machine => "a machine of its own",
            Ingest.SeenAs.VirtualMachine => Join(" ", "a virtual machine", name),
            Ingest.SeenAs.Container => Join(" ", "a container", name),
            _ => null,
        };
    }

    private static string Module(InventoryMemory module) =>
        module.CapacityBytes == 0 ? "empty" : Join(", ", Size(module.CapacityBytes), Join(" ", module.Vendor, module.PartNumber, Serial(module.Serial)));

    private static string? Link(InventoryInterface network) => network.LinkUp switch
    {
        true => network.SpeedMegabits is { } speed ? $"{speed} Mbit/s" : "up",
        false => "no carrier",
        null => "down",
    };

    private static string? Serial(string? serial) => string.IsNullOrWhiteSpace(serial) ? null : $"S/N {serial}";

    private static string? Slot(string? slot) => string.IsNullOrWhiteSpace(slot) ? null : $"slot {slot}";

    private static string Join(string separator, params string?[] parts) =>
        string.Join(separator, parts.Where(part => !string.IsNullOrWhiteSpace(part)));

    private static string? Size(long? bytes) => bytes switch
    {
        null => null,
        >= 1L << 40 => string.Create(CultureInfo.InvariantCulture, $"{bytes.Value / (double)(1L << 40):0.##} TiB"),
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes.Value / (double)(1L << 30):0.##} GiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes.Value / (double)(1L << 20):0.##} MiB"),
    };
}
