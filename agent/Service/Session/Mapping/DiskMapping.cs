using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Disks;
using Wire = HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Session.Mapping;

/// <summary>Disks as messages.</summary>
internal static class DiskMapping
{
    public static Wire.DiskReading ToMessage(DiskReading disk)
    {
        Wire.DiskReading message = new() { Device = Wording.Bound(disk.Device), Protocol = ToMessage(disk.Protocol), Asleep = disk.Asleep };
        Optional.Set(disk.Model, value => message.Model = value);
        Optional.Set(disk.Serial, value => message.Serial = value);
        Optional.Set(disk.Firmware, value => message.Firmware = value);
        Optional.Set(disk.Wwn, value => message.Wwn = value);
        Optional.Set(disk.Slot, value => message.Slot = value);
        Optional.Set(disk.CapacityBytes, value => message.CapacityBytes = value);
        Optional.Set(disk.RotationRpm, value => message.RotationRpm = value);
        if (disk.Unreadable is not null)
        {
            message.Unreadable = HardwareMapping.ToMessage(disk.Unreadable);
        }

        if (disk.Health is not null)
        {
            Add(message, disk.Health);
        }

        return message;
    }

    public static Wire.DiskProtocol ToMessage(DiskProtocol protocol) => protocol switch
    {
        DiskProtocol.Unknown => Wire.DiskProtocol.Unspecified,
        DiskProtocol.Ata => Wire.DiskProtocol.Ata,
        DiskProtocol.Scsi => Wire.DiskProtocol.Scsi,
        DiskProtocol.Nvme => Wire.DiskProtocol.Nvme,
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, null),
    };

    public static Wire.SelfTestOutcome ToMessage(SelfTestOutcome outcome) => outcome switch
    {
        SelfTestOutcome.Passed => Wire.SelfTestOutcome.Passed,
        SelfTestOutcome.Failed => Wire.SelfTestOutcome.Failed,
        SelfTestOutcome.Aborted => Wire.SelfTestOutcome.Aborted,
        SelfTestOutcome.Running => Wire.SelfTestOutcome.Running,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    public static Wire.AttributeFailed ToMessage(AttributeFailed failed) => failed switch
    {
        AttributeFailed.Never => Wire.AttributeFailed.Unspecified,
        AttributeFailed.Past => Wire.AttributeFailed.Past,
        AttributeFailed.Now => Wire.AttributeFailed.Now,
        _ => throw new ArgumentOutOfRangeException(nameof(failed), failed, null),
    };

    private static void Add(Wire.DiskReading message, DiskHealth health)
    {
        Optional.Set(health.SmartPassed, value => message.SmartPassed = value);
        Optional.Set(health.TemperatureCelsius, value => message.TemperatureCelsius = value);
        Optional.Set(health.PowerOnHours, value => message.PowerOnHours = value);
        Optional.Set(health.SelfTest, value => message.SelfTest = ToMessage(value));
        Optional.Set(health.ErrorLogCount, value => message.ErrorLogCount = value);
        message.Nvme = health.Nvme is { } nvme ? ToMessage(nvme) : null;
        message.Scsi = health.Scsi is { } scsi ? ToMessage(scsi) : null;
        foreach (AtaAttribute attribute in health.AtaAttributes)
        {
            message.AtaAttributes.Add(ToMessage(attribute));
        }
    }

    private static Wire.NvmeHealth ToMessage(NvmeHealth nvme)
    {
        Wire.NvmeHealth message = new() { CriticalWarning = (int)nvme.CriticalWarning };
        Optional.Set(nvme.AvailableSparePercent, value => message.AvailableSparePercent = value);
        Optional.Set(nvme.AvailableSpareThresholdPercent, value => message.AvailableSpareThresholdPercent = value);
        Optional.Set(nvme.PercentageUsed, value => message.PercentageUsed = value);
        Optional.Set(nvme.MediaErrorCount, value => message.MediaErrorCount = value);
        Optional.Set(nvme.UnsafeShutdownCount, value => message.UnsafeShutdownCount = value);
        return message;
    }

    private static Wire.AtaAttribute ToMessage(AtaAttribute attribute) => new()
    {
        Number = attribute.Number,
        Name = Wording.Bound(attribute.Name),
        Value = attribute.Value,
        Worst = attribute.Worst,
        Threshold = attribute.Threshold,
        Raw = attribute.Raw,
        RawText = Wording.Bound(attribute.RawText),
        Prefailure = attribute.Prefailure,
        Failed = ToMessage(attribute.Failed),
    };

    private static Wire.ScsiHealth ToMessage(ScsiHealth scsi)
    {
        Wire.ScsiHealth message = new();
        Optional.Set(scsi.GrownDefectCount, value => message.GrownDefectCount = value);
        Optional.Set(scsi.ReadUncorrectedCount, value => message.ReadUncorrectedCount = value);
        Optional.Set(scsi.WriteUncorrectedCount, value => message.WriteUncorrectedCount = value);
        Optional.Set(scsi.VerifyUncorrectedCount, value => message.VerifyUncorrectedCount = value);
        Optional.Set(scsi.PercentageUsed, value => message.PercentageUsed = value);
        Optional.Set(scsi.PredictedFailureCode, value => message.PredictedFailureCode = value);
        return message;
    }
}
