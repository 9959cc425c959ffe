using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Takes an inventory off the wire.</summary>
internal static class InventoryMapping
{
    public static ServerInventory Map(Inventory i) => new()
    {
        HostName = i.HostName,
        OsName = i.HasOsName ? i.OsName : null,
        KernelRelease = i.HasKernelRelease ? i.KernelRelease : null,
        Architecture = i.HasArchitecture ? i.Architecture : null,
        CpuModel = i.HasCpuModel ? i.CpuModel : null,
        CpuCount = i.HasCpuCount ? i.CpuCount : null,
        CpuSocketCount = i.HasCpuSocketCount ? i.CpuSocketCount : null,
        MemoryBytes = i.HasMemoryBytes ? i.MemoryBytes : null,
        BoardVendor = i.HasBoardVendor ? i.BoardVendor : null,
        BoardModel = i.HasBoardModel ? i.BoardModel : null,
        BoardSerial = i.HasBoardSerial ? i.BoardSerial : null,
        FirmwareVersion = i.HasFirmwareVersion ? i.FirmwareVersion : null,
        SeenAs = (SeenAs)i.Virtualization,
        VirtualizationName = i.HasVirtualizationName ? i.VirtualizationName : null,
        PackageManager = i.PackageManager == PackageManager.Unspecified ? null : NameOf(i.PackageManager),
        BootTime = i.BootTime?.ToDateTimeOffset(),
        RebootNeeded = i.HasRebootNeeded ? i.RebootNeeded : null,
        Disks = [.. i.Disks.Select(Map)],
        Interfaces = [.. i.NetworkInterfaces.Select(Map)],
        Memory = [.. i.MemoryModules.Select(Map)],
    };

    private static InventoryDisk Map(Disk d) => new(
        d.Name,
        d.HasModel ? d.Model : null,
        d.HasSerial ? d.Serial : null,
        d.HasCapacityBytes ? d.CapacityBytes : null,
        d.HasRotational ? d.Rotational : null,
        d.HasSlot ? d.Slot : null);

    private static InventoryInterface Map(NetworkInterface n) => new(
        n.Name,
        n.HasMacAddress ? n.MacAddress : null,
        [.. n.Addresses],
        n.HasSpeedMegabits ? n.SpeedMegabits : null,
        n.HasLinkUp ? n.LinkUp : null);

    private static InventoryMemory Map(MemoryModule m) => new(
        m.Locator,
        m.HasCapacityBytes ? m.CapacityBytes : null,
        m.HasVendor ? m.Vendor : null,
        m.HasPartNumber ? m.PartNumber : null,
        m.HasSerial ? m.Serial : null);

    private static string NameOf(PackageManager manager) => manager switch
    {
        PackageManager.Dnf => "dnf",
        PackageManager.Yum => "yum",
        PackageManager.Zypper => "zypper",
        PackageManager.Apt => "apt",
        _ => throw new ArgumentOutOfRangeException(nameof(manager)),
    };
}
