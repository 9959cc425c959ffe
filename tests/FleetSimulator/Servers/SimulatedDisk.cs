using System.Globalization;

namespace HaiSoft.FleetSimulator.Servers;

/// <summary>An NVMe disk of a simulated server.</summary>
internal sealed record SimulatedDisk(int Server, int Index)
{
    public const long Capacity = 960_197_124_096;

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"nvme{Index}n1");

    public string Model => "SAMSUNG MZQL2960HCJR-00A07";

    public string Serial { get; } = string.Create(CultureInfo.InvariantCulture, $"S64FNT{Server:00000}{Index:00}");

    public string Slot { get; } = string.Create(CultureInfo.InvariantCulture, $"0000:{Index + 1:00}:00.0");
}
