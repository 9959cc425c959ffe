namespace HaiSoft.Agent.Readings.Hardware;

/// <summary>Where hardware readings come from.</summary>
public enum HardwareSource
{
    /// <summary>smartctl: ATA, SCSI/SAS and NVMe disks.</summary>
    Smart = 1,

    /// <summary>/proc/mdstat and /sys/block/*/md: software RAID.</summary>
    Md = 2,

    /// <summary>/sys/devices/system/edac: memory errors.</summary>
    Edac = 3,

    /// <summary>/sys/class/hwmon: temperatures, fans, voltages.</summary>
    Hwmon = 4,

    /// <summary>/sys/class/net: links.</summary>
    Links = 5,
}
