using System.Globalization;

namespace HaiSoft.Agent.Readings.Inventory;

/// <summary>Memory modules in the firmware's table (type 17).</summary>
// Size: 16 GB | 16384 MB | No Module Installed | Unknown        Speed: 3200 MT/s | 2933 MHz | Unknown
public static class DmiMemory
{
    private const int MemoryDevice = 17;

    /// <summary>Every slot, empty ones too.</summary>
    public static IReadOnlyList<MemoryModule> Modules(IReadOnlyList<DmiStructure> structures)
    {
        var modules = new List<MemoryModule>();
        foreach (var device in structures)
            if (device.Type == MemoryDevice)
                modules.Add(new MemoryModule
                {
                    Locator = device.Field("Locator") ?? device.Field("Bank Locator") ?? string.Create(CultureInfo.InvariantCulture, $"module {modules.Count + 1}"),
                    CapacityBytes = Size(device.Fields.GetValueOrDefault("Size")),
                    Vendor = device.Field("Manufacturer"),
                    PartNumber = device.Field("Part Number"),
                    Serial = device.Field("Serial Number"),
                    SpeedMegatransfers = (int?)Quantity(device.Field("Configured Memory Speed") ?? device.Field("Configured Clock Speed") ?? device.Field("Speed"), "MT/s", "MHz"),
                });
        return modules;
    }

    private static long? Size(string? text)
    {
        if (text is null)
            return null;
        if (text.StartsWith("No Module Installed", StringComparison.OrdinalIgnoreCase))
            return 0;
        return Quantity(text, "TB") is { } terabytes && terabytes < 1 << 20 ? terabytes << 40
            : Quantity(text, "GB") is { } gigabytes && gigabytes < 1 << 30 ? gigabytes << 30
            : Quantity(text, "MB") is { } megabytes ? megabytes << 20
            : Quantity(text, "kB") is { } kilobytes ? kilobytes << 10
            : null;
    }

    private static long? Quantity(string? text, params ReadOnlySpan<string> units)
    {
        foreach (var unit in units)
            if (text is not null && text.EndsWith(" " + unit, StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(0, text.Length - unit.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                return value;
        return null;
    }
}
