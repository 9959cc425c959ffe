namespace Hardware.Info;

/// <summary>A processor.</summary>
public class CPU
{
    /// <summary>Model name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Logical processors.</summary>
    public uint NumberOfLogicalProcessors { get; set; }
}

/// <summary>A main board.</summary>
public class Motherboard
{
    /// <summary>Maker.</summary>
    public string Manufacturer { get; set; } = "";

    /// <summary>Model.</summary>
    public string Product { get; set; } = "";

    /// <summary>Serial number.</summary>
    public string SerialNumber { get; set; } = "";
}

/// <summary>BIOS or UEFI.</summary>
public class BIOS
{
    /// <summary>Maker.</summary>
    public string Manufacturer { get; set; } = "";

    /// <summary>Version.</summary>
    public string Version { get; set; } = "";

    /// <summary>Date of release.</summary>
    public string ReleaseDate { get; set; } = "";
}

/// <summary>Memory.</summary>
public class MemoryStatus
{
    /// <summary>Bytes that the kernel can use.</summary>
    public ulong TotalPhysical { get; set; }

    /// <summary>Bytes that programs can have without swapping.</summary>
    public ulong AvailablePhysical { get; set; }
}
