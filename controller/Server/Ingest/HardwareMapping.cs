using HaiSoft.Controller.Rules.Arrays;
using HaiSoft.Controller.Rules.Disks;
using HaiSoft.Controller.Rules.Links;
using HaiSoft.Controller.Rules.Memory;
using HaiSoft.Controller.Rules.Sensors;
using ProtoArrayMember = HaiSoft.Protocol.Agent.V1.ArrayMember;
using ProtoAttribute = HaiSoft.Protocol.Agent.V1.AtaAttribute;
using Wire = HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Takes hardware readings off the wire. The numbers of the enums are the same on both sides.</summary>
internal static class HardwareMapping
{
    public static DiskFacts Map(Wire.DiskReading d) => new()
    {
        Device = d.Device,
        Protocol = (DiskProtocol)d.Protocol,
        Model = d.HasModel ? d.Model : null,
        Serial = d.HasSerial ? d.Serial : null,
        Firmware = d.HasFirmware ? d.Firmware : null,
        Slot = d.HasSlot ? d.Slot : null,
        CapacityBytes = d.HasCapacityBytes ? d.CapacityBytes : null,
        Asleep = d.Asleep,
        Unreadable = d.Unreadable is { } trouble ? Words(trouble) : null,
        SmartPassed = d.HasSmartPassed ? d.SmartPassed : null,
        TemperatureCelsius = d.HasTemperatureCelsius ? d.TemperatureCelsius : null,
        SelfTest = d.HasSelfTest ? (SelfTest)d.SelfTest : null,
        Nvme = d.Nvme is { } nvme ? Map(nvme) : null,
        AtaAttributes = [.. d.AtaAttributes.Select(Map)],
        Scsi = d.Scsi is { } scsi ? Map(scsi) : null,
    };

    public static ArrayFacts Map(Wire.ArrayReading a) => new(
        a.Name,
        a.Level,
        a.RequiredCount,
        a.ActiveCount,
        (ArrayActivity)a.Activity,
        a.HasProgressPercent ? a.ProgressPercent : null,
        a.Inactive,
        [.. a.Members.Select(Map)]);

    public static MemoryFacts Map(Wire.MemoryReading m) =>
        new(m.Controller, m.Module, m.HasLabel ? m.Label : null, m.CorrectedCount, m.UncorrectedCount);

    public static SensorFacts Map(Wire.SensorReading s) => new(
        s.SensorId,
        s.HasLabel ? s.Label : null,
        (SensorKind)s.Kind,
        s.HasValue ? s.Value : null,
        s.HasLow ? s.Low : null,
        s.HasHigh ? s.High : null,
        s.HasCritical ? s.Critical : null,
        s.HasAlarm ? s.Alarm : null,
        s.HasFault && s.Fault);

    public static LinkFacts Map(Wire.LinkReading l) =>
        new(l.Name, l.Enabled, l.HasCarrier ? l.Carrier : null, l.HasBond ? l.Bond : null, l.Physical);

    /// <summary>Why a source could not be read, in words.</summary>
    public static string Words(Wire.SourceUnavailable trouble)
    {
        string reason = trouble.Reason switch
        {
            Wire.UnavailableReason.ToolMissing => "the tool is not installed",
            Wire.UnavailableReason.TimedOut => "the tool did not end in time",
            Wire.UnavailableReason.ToolFailed => "the tool ended with an error",
            Wire.UnavailableReason.TooLarge => "the tool printed too much",
            Wire.UnavailableReason.NotUnderstood => "the tool printed what the agent does not understand",
            Wire.UnavailableReason.HelperDown => "the privileged helper does not answer",
            Wire.UnavailableReason.Denied => "the system denied it",
            _ => throw new ArgumentOutOfRangeException(nameof(trouble)),
        };
        return trouble.Detail.Length == 0 ? reason : $"{reason} ({trouble.Detail})";
    }

    private static NvmeFacts Map(Wire.NvmeHealth n) => new(
        n.CriticalWarning,
        n.HasAvailableSparePercent ? n.AvailableSparePercent : null,
        n.HasAvailableSpareThresholdPercent ? n.AvailableSpareThresholdPercent : null,
        n.HasPercentageUsed ? n.PercentageUsed : null,
        n.HasMediaErrorCount ? n.MediaErrorCount : null);

    private static ScsiFacts Map(Wire.ScsiHealth s) => new(
        s.HasGrownDefectCount ? s.GrownDefectCount : null,
        s.HasReadUncorrectedCount || s.HasWriteUncorrectedCount || s.HasVerifyUncorrectedCount
            ? s.ReadUncorrectedCount + s.WriteUncorrectedCount + s.VerifyUncorrectedCount
            : null,
        s.HasPercentageUsed ? s.PercentageUsed : null,
        s.HasPredictedFailureCode ? s.PredictedFailureCode : null);

    private static AtaAttribute Map(ProtoAttribute a) =>
        new(a.Number, a.Name, a.Value, a.Threshold, a.Raw, a.RawText, a.Prefailure, (AttributeFailure)a.Failed);

    private static ArrayMember Map(ProtoArrayMember m) => new(
        m.Device,
        (ArrayMemberState)m.State,
        m.HasDiskSerial ? m.DiskSerial : null,
        m.HasDiskModel ? m.DiskModel : null,
        m.HasDiskSlot ? m.DiskSlot : null);
}
