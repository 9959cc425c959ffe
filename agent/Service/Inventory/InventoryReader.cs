using System.Runtime.InteropServices;
using System.Text;
using HaiSoft.Agent.Hardware;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Files;
using HaiSoft.Agent.Readings.Inventory;
using HaiSoft.Agent.Readings.Measurements;
using HaiSoft.Protocol.Helper.V1;

namespace HaiSoft.Agent.Inventory;

/// <summary>Puts together what the server is made of. What cannot be read is absent.</summary>
internal sealed class InventoryReader(
    FileRoots roots, HelperClient helper, VirtualizationProbe virtualization, PackageProbe packages, LibraryFacts library, AgentClock clock)
{
    private readonly NetworkProbe _network = new(roots);
    private DateTimeOffset? _bootTime;

    public async Task<MachineInventory> ReadAsync(CancellationToken cancellationToken)
    {
        (Virtualization kind, string? name) = await virtualization.LookAsync(cancellationToken);
        PackageManager manager = packages.Manager();
        MachineInventory facts = await library.ReadAsync(cancellationToken);
        OsRelease os = OsRelease.Parse(Text(roots.InEtc("os-release")));
        CpuInfo cpu = CpuInfo.Parse(Text(roots.InProc("cpuinfo")));
        IReadOnlyList<DmiStructure> firmware = await FirmwareAsync(kind, cancellationToken);
        return new MachineInventory
        {
            HostName = SmallFile.Text(roots.InProc("sys/kernel/hostname")) ?? Environment.MachineName,
            OsName = os.Name,
            OsId = os.Id,
            OsVersion = os.Version,
            KernelRelease = SmallFile.Text(roots.InProc("sys/kernel/osrelease")),
            Architecture = Machine(),
            CpuModel = cpu.Model ?? facts.CpuModel,
            CpuCount = cpu.Count,
            CpuSocketCount = cpu.SocketCount,
            MemoryBytes = MemoryInfo.Parse(Text(roots.InProc("meminfo"))).TotalBytes ?? facts.MemoryBytes,
            BoardVendor = Dmi("board_vendor") ?? Dmi("sys_vendor") ?? facts.BoardVendor,
            BoardModel = Dmi("board_name") ?? Dmi("product_name") ?? facts.BoardModel,
            BoardSerial = Firmware(firmware, 1, "Serial Number") ?? Firmware(firmware, 2, "Serial Number") ?? Dmi("product_serial") ?? facts.BoardSerial,
            FirmwareVersion = Dmi("bios_version") ?? facts.FirmwareVersion,
            Virtualization = kind,
            VirtualizationName = name,
            Disks = DiskFolder.ReadAll(roots.Sys, roots.Run),
            NetworkInterfaces = _network.Read(),
            MemoryModules = DmiMemory.Modules(firmware),
            PackageManager = manager,
            BootTime = _bootTime ??= BootTime(),
            RebootNeeded = await packages.RebootNeededAsync(manager, kind != Virtualization.Container, cancellationToken),
        };
    }

    // A container sees its host's firmware, which is not its own.
    private async Task<IReadOnlyList<DmiStructure>> FirmwareAsync(Virtualization kind, CancellationToken cancellationToken) =>
        kind != Virtualization.Container
        && await helper.ProbeAsync(ProbeSource.Dmi, cancellationToken) is Measured<IReadOnlyList<ToolOutput>> { Value: [{ Problem: null } run, ..] }
        && DmiTable.Parse(Encoding.UTF8.GetString(run.Output.Span)) is Measured<IReadOnlyList<DmiStructure>> { Value: var structures }
            ? structures
            : [];

    private static string? Firmware(IReadOnlyList<DmiStructure> structures, int type, string field) =>
        structures.FirstOrDefault(structure => structure.Type == type)?.Field(field);

    private string? Dmi(string name) => DmiText.Meaningful(SmallFile.Text(roots.InSys("class/dmi/id/" + name)));

    // To the second: two readings of two clocks are never equal to the last digit, and a change makes a report.
    private DateTimeOffset BootTime()
    {
        DateTimeOffset exact = clock.UtcNow - clock.Uptime;
        return DateTimeOffset.FromUnixTimeSeconds(exact.ToUnixTimeSeconds());
    }

    private static string Machine() => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "x86_64",
        Architecture.Arm64 => "aarch64",
        var other => other.ToString().ToLowerInvariant(),
    };

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
