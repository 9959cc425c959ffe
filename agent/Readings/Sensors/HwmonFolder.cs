using HaiSoft.Agent.Readings.Files;

namespace HaiSoft.Agent.Readings.Sensors;

/// <summary>Reads /sys/class/hwmon (the kernel's Documentation/hwmon/sysfs-interface.rst).</summary>
// hwmon2/name "nct6798"  hwmon2/fan1_input "1250"  hwmon2/fan1_min "300"  hwmon2/fan1_alarm "0"
// hwmon2/temp1_label "SYSTIN"  hwmon2/temp1_input "31000"  hwmon2/temp1_crit "125000"  hwmon2/temp1_fault "0"
public static class HwmonFolder
{
    private const int MaximumSensors = 2000;

    /// <summary>Every sensor of every chip; not applicable where there is none.</summary>
    public static Reading<IReadOnlyList<SensorReading>> Read(string sysRoot)
    {
        var readings = new List<SensorReading>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var root = Path.Combine(sysRoot, "class", "hwmon");
        foreach (var entry in Listing.Names(root, "hwmon"))
        {
            var folder = Path.Combine(root, entry);
            // Old drivers keep their files one step down, in the device's own folder.
            if (!File.Exists(Path.Combine(folder, "name")) && File.Exists(Path.Combine(folder, "device", "name")))
                folder = Path.Combine(folder, "device");
            var chip = Unique(HwmonChip.Name(folder), taken);
            foreach (var channel in HwmonChannel.In(folder))
                if (readings.Count < MaximumSensors)
                    readings.Add(channel.Read(folder, chip));
        }

        return readings.Count == 0
            ? Reading.NotApplicable<IReadOnlyList<SensorReading>>("no sensor on the board that the kernel knows (hwmon)")
            : Reading.Measured<IReadOnlyList<SensorReading>>(readings);
    }

    private static string Unique(string chip, HashSet<string> taken)
    {
        var unique = chip;
        for (var i = 2; !taken.Add(unique); i++)
            unique = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{chip}-{i}");
        return unique;
    }
}
