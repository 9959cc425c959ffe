using System.Globalization;

namespace Hardware.Info;

/// <summary>What a Linux machine is made of, as the original reads it: a list is empty until its method is called, and what cannot be read is "" or 0.</summary>
public class HardwareInfo
{
    private const string Dmi = "/sys/class/dmi/id/";

    /// <summary>Processors, one for each socket that the kernel tells of.</summary>
    public List<CPU> CpuList { get; private set; } = [];

    /// <summary>Main boards.</summary>
    public List<Motherboard> MotherboardList { get; private set; } = [];

    /// <summary>BIOS or UEFI.</summary>
    public List<BIOS> BiosList { get; private set; } = [];

    /// <summary>Memory.</summary>
    public MemoryStatus MemoryStatus { get; private set; } = new();

    /// <summary>Reads <see cref="CpuList"/>.</summary>
    public void RefreshCPUList(bool includePercentProcessorTime = true)
    {
        var name = "";
        uint logical = 0;
        foreach (var line in Lines("/proc/cpuinfo"))
        {
            if (line.StartsWith("processor", StringComparison.Ordinal))
                logical++;
            else if (name.Length == 0 && line.StartsWith("model name", StringComparison.Ordinal))
                name = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }

        CpuList = [new CPU { Name = name, NumberOfLogicalProcessors = logical }];
    }

    /// <summary>Reads <see cref="MotherboardList"/>.</summary>
    public void RefreshMotherboardList() => MotherboardList =
    [
        new Motherboard { Manufacturer = Text("board_vendor"), Product = Text("board_name"), SerialNumber = Text("board_serial") },
    ];

    /// <summary>Reads <see cref="BiosList"/>.</summary>
    public void RefreshBIOSList() => BiosList =
    [
        new BIOS { Manufacturer = Text("bios_vendor"), Version = Text("bios_version"), ReleaseDate = Text("bios_date") },
    ];

    /// <summary>Reads <see cref="MemoryStatus"/>.</summary>
    public void RefreshMemoryStatus()
    {
        var status = new MemoryStatus();
        foreach (var line in Lines("/proc/meminfo"))
        {
            if (line.StartsWith("MemTotal:", StringComparison.Ordinal))
                status.TotalPhysical = Kilobytes(line);
            else if (line.StartsWith("MemAvailable:", StringComparison.Ordinal))
                status.AvailablePhysical = Kilobytes(line);
        }

        MemoryStatus = status;
    }

    private static ulong Kilobytes(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 3 && ulong.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes * 1024 : 0;
    }

    private static string Text(string name) => Lines(Dmi + name).FirstOrDefault("").Trim();

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
