namespace HaiSoft.Controller.Ingest;

/// <summary>Physical or not, as the server looks from inside. The record decides (SLA 4.5).</summary>
public enum SeenAs
{
    /// <summary>It could not be told.</summary>
    Unknown = 0,

    /// <summary>A machine of its own.</summary>
    Machine = 1,

    /// <summary>A virtual machine.</summary>
    VirtualMachine = 2,

    /// <summary>A container.</summary>
    Container = 3,
}

/// <summary>What a server is made of, as its agent sees it. What could not be read is absent.</summary>
public sealed record ServerInventory
{
    public required string HostName { get; init; }

    public string? OsName { get; init; }

    public string? KernelRelease { get; init; }

    public string? Architecture { get; init; }

    public string? CpuModel { get; init; }

    public int? CpuCount { get; init; }

    public int? CpuSocketCount { get; init; }

    public long? MemoryBytes { get; init; }

    public string? BoardVendor { get; init; }

    public string? BoardModel { get; init; }

    public string? BoardSerial { get; init; }

    public string? FirmwareVersion { get; init; }

    public SeenAs SeenAs { get; init; }

    /// <summary>Name of the hypervisor or container.</summary>
    public string? VirtualizationName { get; init; }

    /// <summary>"dnf", "apt" and so on; absent when none was found.</summary>
    public string? PackageManager { get; init; }

    public DateTimeOffset? BootTime { get; init; }

    /// <summary>An installed update waits for a reboot; absent when this cannot be told.</summary>
    public bool? RebootNeeded { get; init; }

    public IReadOnlyList<InventoryDisk> Disks { get; init; } = [];

    public IReadOnlyList<InventoryInterface> Interfaces { get; init; } = [];

    public IReadOnlyList<InventoryMemory> Memory { get; init; } = [];
}

/// <summary>A whole disk.</summary>
public sealed record InventoryDisk(string Name, string? Model, string? Serial, long? CapacityBytes, bool? Rotational, string? Slot);

/// <summary>A network interface.</summary>
public sealed record InventoryInterface(string Name, string? MacAddress, IReadOnlyList<string> Addresses, long? SpeedMegabits, bool? LinkUp);

/// <summary>A memory module; a capacity of 0 is an empty slot.</summary>
public sealed record InventoryMemory(string Locator, long? CapacityBytes, string? Vendor, string? PartNumber, string? Serial);
