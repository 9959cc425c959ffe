using HaiSoft.Agent.Readings.Files;

namespace HaiSoft.Agent.Readings.Sensors;

/// <summary>Names a chip so that the name survives a reboot: hwmon numbers do not, bus addresses do.</summary>
internal static class HwmonChip
{
    /// <summary>"nct6798-nct6775.656", "coretemp-coretemp.0", "nvme-0000:01:00.0".</summary>
    public static string Name(string folder)
    {
        var name = SmallFile.Text(Path.Combine(folder, "name")) ?? "unnamed";
        var device = Listing.Target(Path.Combine(folder, "device"));
        if (device is null)
            return name;
        // A chip that belongs to a numbered thing ("nvme3") is known by the thing's own address.
        var address = SmallFile.Text(Path.Combine(device, "address")) ?? Path.GetFileName(device);
        return address == name ? name : $"{name}-{address}";
    }
}
