using Hardware.Info;
using HaiSoft.Agent.Readings.Inventory;

namespace HaiSoft.Agent.Inventory;

/// <summary>
/// What the library Hardware.Info knows of this machine, for what our own reading did not find. It may start tools without
/// a time limit and says 0 or "" for what it cannot read: it runs off the reporting path, bounded, and its nothing is absent.
/// </summary>
internal sealed class LibraryFacts(TimeSpan patience, TimeProvider time)
{
    private Task<MachineInventory>? _asked;

    /// <summary>The facts; one without any when the library does not answer in time.</summary>
    public async Task<MachineInventory> ReadAsync(CancellationToken cancellationToken)
    {
        _asked ??= Task.Run(Read, cancellationToken);
        MachineInventory nothing = new() { HostName = "" };
        if (await Task.WhenAny(_asked, Task.Delay(patience, time, cancellationToken)) != _asked)
        {
            return nothing; // it is asked again only when it has answered
        }

        return _asked.IsCompletedSuccessfully ? await _asked : nothing;
    }

    private static MachineInventory Read()
    {
        HardwareInfo library = new();
        library.RefreshCPUList(false);
        library.RefreshMotherboardList();
        library.RefreshBIOSList();
        library.RefreshMemoryStatus();
        CPU? processor = library.CpuList is [var first, ..] ? first : null;
        Motherboard? board = library.MotherboardList is [var main, ..] ? main : null;
        return new MachineInventory
        {
            HostName = "",
            CpuModel = DmiText.Meaningful(processor?.Name),
            BoardVendor = DmiText.Meaningful(board?.Manufacturer),
            BoardModel = DmiText.Meaningful(board?.Product),
            BoardSerial = DmiText.Meaningful(board?.SerialNumber),
            FirmwareVersion = library.BiosList is [var bios, ..] ? DmiText.Meaningful(bios.Version) : null,
            MemoryBytes = library.MemoryStatus.TotalPhysical is > 0 and <= long.MaxValue and var bytes ? (long)bytes : null,
        };
    }
}
