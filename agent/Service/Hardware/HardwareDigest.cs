using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Arrays;
using HaiSoft.Agent.Readings.Disks;
using HaiSoft.Agent.Readings.Hardware;
using HaiSoft.Agent.Readings.Links;
using HaiSoft.Agent.Readings.Memory;
using HaiSoft.Agent.Readings.Sensors;

namespace HaiSoft.Agent.Hardware;

/// <summary>
/// What of a reading may begin or end a fault: when it changes, the report must not be held up. It judges nothing; the
/// controller does.
/// </summary>
internal static class HardwareDigest
{
    public static int Of(HardwareReading reading)
    {
        HashCode hash = new();
        switch (reading.Outcome)
        {
            case Unavailable<HardwareComponents> unavailable:
                hash.Add(unavailable.Why.Reason);
                break;
            case Measured<HardwareComponents> measured:
                Add(ref hash, measured.Value);
                break;
        }

        hash.Add(reading.Outcome.GetType());
        return hash.ToHashCode();
    }

    private static void Add(ref HashCode hash, HardwareComponents components)
    {
        foreach (DiskReading disk in components.Disks)
        {
            hash.Add((disk.Device, disk.Serial, disk.Unreadable?.Reason));
            hash.Add((disk.Health?.SmartPassed, disk.Health?.SelfTest, disk.Health?.Nvme?.CriticalWarning, disk.Health?.Scsi?.PredictedFailureCode));
            hash.Add(disk.Health?.AtaAttributes.Count(attribute => attribute.Failed == AttributeFailed.Now) ?? 0);
        }

        foreach (ArrayReading array in components.Arrays)
        {
            hash.Add((array.Name, array.RequiredCount, array.ActiveCount, array.Activity, array.Inactive));
            foreach (ArrayMember member in array.Members)
            {
                hash.Add((member.Device, member.State));
            }
        }

        foreach (MemoryReading module in components.Memory)
        {
            hash.Add((module.Controller, module.Module, module.UncorrectedCount));
        }

        foreach (SensorReading sensor in components.Sensors)
        {
            hash.Add((sensor.SensorId, sensor.Alarm, sensor.Fault));
        }

        foreach (LinkReading link in components.Links)
        {
            hash.Add((link.Name, link.Enabled, link.Carrier, link.Bond));
        }
    }
}
