using Google.Protobuf.WellKnownTypes;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Inventory;
using Wire = HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Session.Mapping;

/// <summary>The inventory as a message.</summary>
internal static class InventoryMapping
{
    public static Wire.Inventory ToMessage(MachineInventory inventory)
    {
        Wire.Inventory message = new()
        {
            HostName = Wording.Bound(inventory.HostName),
            Virtualization = ToMessage(inventory.Virtualization),
            PackageManager = ToMessage(inventory.PackageManager),
        };
        Optional.Set(inventory.OsName, value => message.OsName = value);
        Optional.Set(inventory.OsId, value => message.OsId = value);
        Optional.Set(inventory.OsVersion, value => message.OsVersion = value);
        Optional.Set(inventory.KernelRelease, value => message.KernelRelease = value);
        Optional.Set(inventory.Architecture, value => message.Architecture = value);
        Optional.Set(inventory.CpuModel, value => message.CpuModel = value);
        Optional.Set(inventory.CpuCount, value => message.CpuCount = value);
        Optional.Set(inventory.CpuSocketCount, value => message.CpuSocketCount = value);
        Optional.Set(inventory.MemoryBytes, value => message.MemoryBytes = value);
        Optional.Set(inventory.BoardVendor, value => message.BoardVendor = value);
        Optional.Set(inventory.BoardModel, value => message.BoardModel = value);
        Optional.Set(inventory.BoardSerial, value => message.BoardSerial = value);
        Optional.Set(inventory.FirmwareVersion, value => message.FirmwareVersion = value);
        Optional.Set(inventory.VirtualizationName, value => message.VirtualizationName = value);
        Optional.Set(inventory.BootTime, value => message.BootTime = Timestamp.FromDateTimeOffset(value));
        Optional.Set(inventory.RebootNeeded, value => message.RebootNeeded = value);
        message.Disks.Add(inventory.Disks.Select(ToMessage));
        message.NetworkInterfaces.Add(inventory.NetworkInterfaces.Select(ToMessage));
        message.MemoryModules.Add(inventory.MemoryModules.Select(ToMessage));
        return message;
    }

    public static Wire.Virtualization ToMessage(Virtualization virtualization) => virtualization switch
    {
        Virtualization.Unknown => Wire.Virtualization.Unspecified,
        Virtualization.None => Wire.Virtualization.None,
        Virtualization.Machine => Wire.Virtualization.Machine,
        Virtualization.Container => Wire.Virtualization.Container,
        _ => throw new ArgumentOutOfRangeException(nameof(virtualization), virtualization, null),
    };

    public static Wire.PackageManager ToMessage(PackageManager manager) => manager switch
    {
        PackageManager.None => Wire.PackageManager.Unspecified,
        PackageManager.Dnf => Wire.PackageManager.Dnf,
        PackageManager.Yum => Wire.PackageManager.Yum,
        PackageManager.Zypper => Wire.PackageManager.Zypper,
        PackageManager.Apt => Wire.PackageManager.Apt,
        _ => throw new ArgumentOutOfRangeException(nameof(manager), manager, null),
    };

    private static Wire.Disk ToMessage(Disk disk)
    {
        Wire.Disk message = new() { Name = disk.Name };
        Optional.Set(disk.Model, value => message.Model = value);
        Optional.Set(disk.Serial, value => message.Serial = value);
        Optional.Set(disk.Firmware, value => message.Firmware = value);
        Optional.Set(disk.Wwn, value => message.Wwn = value);
        Optional.Set(disk.CapacityBytes, value => message.CapacityBytes = value);
        Optional.Set(disk.Rotational, value => message.Rotational = value);
        Optional.Set(disk.Slot, value => message.Slot = value);
        return message;
    }

    private static Wire.NetworkInterface ToMessage(NetworkInterface network)
    {
        Wire.NetworkInterface message = new() { Name = network.Name };
        message.Addresses.Add(network.Addresses);
        Optional.Set(network.MacAddress, value => message.MacAddress = value);
        Optional.Set(network.SpeedMegabits, value => message.SpeedMegabits = value);
        Optional.Set(network.LinkUp, value => message.LinkUp = value);
        Optional.Set(network.Driver, value => message.Driver = value);
        return message;
    }

    private static Wire.MemoryModule ToMessage(MemoryModule module)
    {
        Wire.MemoryModule message = new() { Locator = Wording.Bound(module.Locator) };
        Optional.Set(module.CapacityBytes, value => message.CapacityBytes = value);
        Optional.Set(module.Vendor, value => message.Vendor = value);
        Optional.Set(module.PartNumber, value => message.PartNumber = value);
        Optional.Set(module.Serial, value => message.Serial = value);
        Optional.Set(module.SpeedMegatransfers, value => message.SpeedMegatransfers = value);
        return message;
    }
}
