namespace HaiSoft.Agent.Readings.Inventory;

/// <summary>The server as the agent sees it. What cannot be read is absent, never empty or zero.</summary>
public sealed record MachineInventory
{
    /// <summary>The server's own name.</summary>
    public required string HostName { get; init; }

    /// <summary>PRETTY_NAME of /etc/os-release.</summary>
    public string? OsName { get; init; }

    /// <summary>ID of /etc/os-release: "almalinux", "debian".</summary>
    public string? OsId { get; init; }

    /// <summary>VERSION_ID of /etc/os-release.</summary>
    public string? OsVersion { get; init; }

    /// <summary>Release of the running kernel.</summary>
    public string? KernelRelease { get; init; }

    /// <summary>Machine architecture: "x86_64".</summary>
    public string? Architecture { get; init; }

    /// <summary>The processors' model name.</summary>
    public string? CpuModel { get; init; }

    /// <summary>Logical processors on line.</summary>
    public int? CpuCount { get; init; }

    /// <summary>Sockets.</summary>
    public int? CpuSocketCount { get; init; }

    /// <summary>Memory that the kernel can use.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The main board or the machine: maker.</summary>
    public string? BoardVendor { get; init; }

    /// <summary>The main board or the machine: model.</summary>
    public string? BoardModel { get; init; }

    /// <summary>The machine's serial number, as its firmware tells.</summary>
    public string? BoardSerial { get; init; }

    /// <summary>Version of the BIOS or UEFI.</summary>
    public string? FirmwareVersion { get; init; }

    /// <summary>What the machine looks like from inside. The record decides (DOMAIN 4.5); this can only disagree with it.</summary>
    public Virtualization Virtualization { get; init; }

    /// <summary>Name of the hypervisor or container, as systemd-detect-virt says it: "kvm", "systemd-nspawn".</summary>
    public string? VirtualizationName { get; init; }

    /// <summary>Whole disks.</summary>
    public IReadOnlyList<Disk> Disks { get; init; } = [];

    /// <summary>Network interfaces but the loopback.</summary>
    public IReadOnlyList<NetworkInterface> NetworkInterfaces { get; init; } = [];

    /// <summary>Memory modules, where the firmware tells.</summary>
    public IReadOnlyList<MemoryModule> MemoryModules { get; init; } = [];

    /// <summary>The package manager that is installed.</summary>
    public PackageManager PackageManager { get; init; }

    /// <summary>When the kernel started.</summary>
    public DateTimeOffset? BootTime { get; init; }

    /// <summary>An installed update waits for a reboot; absent when this cannot be told.</summary>
    public bool? RebootNeeded { get; init; }

    /// <summary>Nothing changed, the parts of its lists included.</summary>
    public bool SameAs(MachineInventory other) =>
        this with { Disks = other.Disks, NetworkInterfaces = other.NetworkInterfaces, MemoryModules = other.MemoryModules } == other
        && Disks.SequenceEqual(other.Disks)
        && MemoryModules.SequenceEqual(other.MemoryModules)
        && NetworkInterfaces.Count == other.NetworkInterfaces.Count
        && NetworkInterfaces.Zip(other.NetworkInterfaces).All(pair => pair.First.SameAs(pair.Second));
}

/// <summary>Physical or not, seen from inside.</summary>
public enum Virtualization
{
    /// <summary>It could not be told.</summary>
    Unknown = 0,

    /// <summary>A machine of its own.</summary>
    None = 1,

    /// <summary>A virtual machine.</summary>
    Machine = 2,

    /// <summary>A container.</summary>
    Container = 3,
}

/// <summary>Package managers that operations know.</summary>
public enum PackageManager
{
    /// <summary>None was found.</summary>
    None = 0,

    /// <summary>dnf, with rpm.</summary>
    Dnf = 1,

    /// <summary>yum, with rpm.</summary>
    Yum = 2,

    /// <summary>zypper, with rpm.</summary>
    Zypper = 3,

    /// <summary>apt, with dpkg.</summary>
    Apt = 4,
}
