using Google.Protobuf.WellKnownTypes;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Arrays;
using HaiSoft.Agent.Readings.Hardware;
using HaiSoft.Agent.Readings.Links;
using HaiSoft.Agent.Readings.Memory;
using HaiSoft.Agent.Readings.Sensors;
using Wire = HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Session.Mapping;

/// <summary>Hardware readings as messages; disks in <see cref="DiskMapping"/>.</summary>
internal static class HardwareMapping
{
    public static Wire.HardwareReport ToMessage(HardwareReading reading)
    {
        Wire.HardwareReport report = new()
        {
            Source = ToMessage(reading.Source),
            Duration = Duration.FromTimeSpan(reading.Duration),
            Interval = Duration.FromTimeSpan(reading.Interval),
        };
        switch (reading.Outcome)
        {
            case Measured<HardwareComponents> measured:
                report.Measured = ToMessage(measured.Value);
                break;
            case Unavailable<HardwareComponents> unavailable:
                report.Unavailable = ToMessage(unavailable.Why);
                break;
            case NotApplicable<HardwareComponents> notApplicable:
                report.NotApplicable = new Wire.SourceNotApplicable { Reason = Wording.Bound(notApplicable.Reason) };
                break;
        }

        return report;
    }

    public static Wire.SourceUnavailable ToMessage(Unavailability why) => new() { Reason = ToMessage(why.Reason), Detail = why.Detail };

    public static Wire.HardwareSource ToMessage(HardwareSource source) => source switch
    {
        HardwareSource.Smart => Wire.HardwareSource.Smart,
        HardwareSource.Md => Wire.HardwareSource.Md,
        HardwareSource.Edac => Wire.HardwareSource.Edac,
        HardwareSource.Hwmon => Wire.HardwareSource.Hwmon,
        HardwareSource.Links => Wire.HardwareSource.Links,
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, null),
    };

    public static Wire.UnavailableReason ToMessage(UnavailableReason reason) => reason switch
    {
        UnavailableReason.ToolMissing => Wire.UnavailableReason.ToolMissing,
        UnavailableReason.TimedOut => Wire.UnavailableReason.TimedOut,
        UnavailableReason.ToolFailed => Wire.UnavailableReason.ToolFailed,
        UnavailableReason.TooLarge => Wire.UnavailableReason.TooLarge,
        UnavailableReason.NotUnderstood => Wire.UnavailableReason.NotUnderstood,
        UnavailableReason.HelperDown => Wire.UnavailableReason.HelperDown,
        UnavailableReason.Denied => Wire.UnavailableReason.Denied,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    public static Wire.ArrayActivity ToMessage(ArrayActivity activity) => activity switch
    {
        ArrayActivity.Idle => Wire.ArrayActivity.Idle,
        ArrayActivity.Recovering => Wire.ArrayActivity.Recovering,
        ArrayActivity.Resyncing => Wire.ArrayActivity.Resyncing,
        ArrayActivity.Checking => Wire.ArrayActivity.Checking,
        ArrayActivity.Reshaping => Wire.ArrayActivity.Reshaping,
        ArrayActivity.Pending => Wire.ArrayActivity.Pending,
        _ => throw new ArgumentOutOfRangeException(nameof(activity), activity, null),
    };

    public static Wire.ArrayMemberState ToMessage(ArrayMemberState state) => state switch
    {
        ArrayMemberState.InSync => Wire.ArrayMemberState.InSync,
        ArrayMemberState.Faulty => Wire.ArrayMemberState.Faulty,
        ArrayMemberState.Spare => Wire.ArrayMemberState.Spare,
        ArrayMemberState.Rebuilding => Wire.ArrayMemberState.Rebuilding,
        ArrayMemberState.Auxiliary => Wire.ArrayMemberState.Auxiliary,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static Wire.SensorKind ToMessage(SensorKind kind) => kind switch
    {
        SensorKind.Temperature => Wire.SensorKind.Temperature,
        SensorKind.Fan => Wire.SensorKind.Fan,
        SensorKind.Voltage => Wire.SensorKind.Voltage,
        SensorKind.Power => Wire.SensorKind.Power,
        SensorKind.Current => Wire.SensorKind.Current,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static Wire.HardwareReadings ToMessage(HardwareComponents components)
    {
        Wire.HardwareReadings readings = new();
        readings.Disks.Add(components.Disks.Select(DiskMapping.ToMessage));
        readings.Arrays.Add(components.Arrays.Select(ToMessage));
        readings.Memory.Add(components.Memory.Select(ToMessage));
        readings.Sensors.Add(components.Sensors.Select(ToMessage));
        readings.Links.Add(components.Links.Select(ToMessage));
        return readings;
    }

    private static Wire.ArrayReading ToMessage(ArrayReading array)
    {
        Wire.ArrayReading message = new()
        {
            Name = array.Name,
            Level = array.Level,
            RequiredCount = array.RequiredCount,
            ActiveCount = array.ActiveCount,
            Activity = ToMessage(array.Activity),
            Inactive = array.Inactive,
        };
        if (array.ProgressPercent is { } progress)
        {
            message.ProgressPercent = progress;
        }

        if (array.CapacityBytes is { } capacity)
        {
            message.CapacityBytes = capacity;
        }

        foreach (ArrayMember member in array.Members)
        {
            Wire.ArrayMember part = new() { Device = member.Device, State = ToMessage(member.State) };
            Optional.Set(member.DiskSerial, value => part.DiskSerial = value);
            Optional.Set(member.DiskModel, value => part.DiskModel = value);
            Optional.Set(member.DiskSlot, value => part.DiskSlot = value);
            message.Members.Add(part);
        }

        return message;
    }

    private static Wire.MemoryReading ToMessage(MemoryReading module)
    {
        Wire.MemoryReading message = new()
        {
            Controller = module.Controller,
            Module = module.Module,
            CorrectedCount = module.CorrectedCount,
            UncorrectedCount = module.UncorrectedCount,
        };
        Optional.Set(module.Label, value => message.Label = value);
        return message;
    }

    private static Wire.SensorReading ToMessage(SensorReading sensor)
    {
        Wire.SensorReading message = new() { SensorId = sensor.SensorId, Kind = ToMessage(sensor.Kind) };
        Optional.Set(sensor.Label, value => message.Label = value);
        Optional.Set(sensor.Value, value => message.Value = value);
        Optional.Set(sensor.Low, value => message.Low = value);
        Optional.Set(sensor.High, value => message.High = value);
        Optional.Set(sensor.Critical, value => message.Critical = value);
        Optional.Set(sensor.Alarm, value => message.Alarm = value);
        Optional.Set(sensor.Fault, value => message.Fault = value);
        return message;
    }

    private static Wire.LinkReading ToMessage(LinkReading link)
    {
        Wire.LinkReading message = new() { Name = link.Name, Enabled = link.Enabled, Physical = link.Physical };
        Optional.Set(link.Carrier, value => message.Carrier = value);
        Optional.Set(link.CarrierChangeCount, value => message.CarrierChangeCount = value);
        Optional.Set(link.SpeedMegabits, value => message.SpeedMegabits = value);
        Optional.Set(link.ReceiveErrorCount, value => message.ReceiveErrorCount = value);
        Optional.Set(link.TransmitErrorCount, value => message.TransmitErrorCount = value);
        Optional.Set(link.Bond, value => message.Bond = value);
        return message;
    }
}
