using HaiSoft.Agent.Readings.Files;

namespace HaiSoft.Agent.Readings.Inventory;

/// <summary>Where a disk is plugged, as the kernel knows it.</summary>
public static class DiskSlot
{
    /// <summary>
    /// An enclosure's bay ("bay Slot 03"), else host:channel:target:lun, else the PCI address with the board's slot where the firmware
    /// names it; absent when the kernel knows none.
    /// </summary>
    public static string? Of(string sysRoot, string disk)
    {
        var device = Path.Combine(sysRoot, "block", disk, "device");
        foreach (var name in Listing.Names(device, "enclosure_device:"))
            return "bay " + name["enclosure_device:".Length..];
        var target = Listing.Target(device);
        if (target is null)
            return PciAddress(SmallFile.Text(Path.Combine(device, "address")), sysRoot);
        var last = Path.GetFileName(target);
        if (last.Count(c => c == ':') == 3)
            return last;
        return PciAddress(SmallFile.Text(Path.Combine(device, "address")) ?? PciPart(target), sysRoot);
    }

    private static string? PciPart(string path) => path.Split('/').LastOrDefault(IsPci);

    private static string? PciAddress(string? address, string sysRoot)
    {
        if (address is null || !IsPci(address))
            return null;
        var slots = Path.Combine(sysRoot, "bus", "pci", "slots");
        foreach (var slot in Listing.Names(slots))
            if (SmallFile.Text(Path.Combine(slots, slot, "address")) is { } place && address.StartsWith(place + ".", StringComparison.Ordinal))
                return $"{address} (slot {slot})";
        return address;
    }

    // 0000:01:00.0
    private static bool IsPci(string text) => text.Length >= 12 && text[^2] == '.' && text.Count(c => c == ':') == 2;
}
