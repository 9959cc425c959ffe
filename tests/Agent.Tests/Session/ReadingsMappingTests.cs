using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Arrays;
using HaiSoft.Agent.Readings.Disks;
using HaiSoft.Agent.Readings.Hardware;
using HaiSoft.Agent.Readings.Inventory;
using HaiSoft.Agent.Readings.Measurements;
using HaiSoft.Agent.Readings.Sensors;
using HaiSoft.Agent.Session.Mapping;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;
using Wire = HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Tests.Session;

public sealed class ReadingsMappingTests
{
    [Fact]
    public void No_value_of_an_enumeration_is_left_unmapped()
    {
        Whole<HardwareSource, Wire.HardwareSource>(HardwareMapping.ToMessage);
        Whole<UnavailableReason, Wire.UnavailableReason>(HardwareMapping.ToMessage);
        Whole<ArrayActivity, Wire.ArrayActivity>(HardwareMapping.ToMessage);
        Whole<ArrayMemberState, Wire.ArrayMemberState>(HardwareMapping.ToMessage);
        Whole<SensorKind, Wire.SensorKind>(HardwareMapping.ToMessage);
        Whole<DiskProtocol, Wire.DiskProtocol>(DiskMapping.ToMessage);
        Whole<SelfTestOutcome, Wire.SelfTestOutcome>(DiskMapping.ToMessage);
        Whole<AttributeFailed, Wire.AttributeFailed>(DiskMapping.ToMessage);
        Whole<Virtualization, Wire.Virtualization>(InventoryMapping.ToMessage);
        Whole<PackageManager, Wire.PackageManager>(InventoryMapping.ToMessage);
        Whole<SeriesKind, Wire.SeriesKind>(MeasurementsMapping.ToMessage);
    }

    // Each of ours has one of theirs of the same name, and each of theirs is reached; but "unspecified", which is refused where it means nothing.
    private static void Whole<TOurs, TTheirs>(Func<TOurs, TTheirs> map)
        where TOurs : struct, Enum
        where TTheirs : struct, Enum
    {
        var mapped = Enum.GetValues<TOurs>().Select(value => (value, map(value))).ToList();
        foreach (var (ours, theirs) in mapped)
            if (Convert.ToInt32(theirs, null) != 0)
                theirs.ToString().ShouldBe(ours.ToString());
            else
                ours.ToString().ShouldBeOneOf("Unknown", "Never", "None");
        mapped.Select(pair => pair.Item2).Distinct().Count().ShouldBe(mapped.Count);
        Enum.GetValues<TTheirs>().Where(value => Convert.ToInt32(value, null) != 0).Except(mapped.Select(pair => pair.Item2)).ShouldBeEmpty(typeof(TOurs).Name);
    }

    [Fact]
    public void A_disk_keeps_its_zeros_and_its_absences()
    {
        var disk = new DiskReading
        {
            Device = "/dev/sda",
            Protocol = DiskProtocol.Ata,
            RotationRpm = 0,
            Health = new DiskHealth
            {
                SmartPassed = false,
                ErrorLogCount = 0,
                AtaAttributes = [new() { Number = 188, Name = "Command_Timeout", Value = 100, Worst = 100, Threshold = 0, Raw = 4295032833, RawText = "1 1 1", Prefailure = false, Failed = AttributeFailed.Never }],
            },
        };
        var message = DiskMapping.ToMessage(disk);
        message.HasRotationRpm.ShouldBeTrue();
        message.HasErrorLogCount.ShouldBeTrue();
        message.SmartPassed.ShouldBeFalse();
        message.HasSmartPassed.ShouldBeTrue();
        message.HasSerial.ShouldBeFalse();
        message.HasTemperatureCelsius.ShouldBeFalse();
        message.Nvme.ShouldBeNull();
        message.AtaAttributes[0].Raw.ShouldBe(4295032833);
        DiskMapping.ToMessage(new DiskReading { Device = "/dev/sdb", Asleep = true }).Asleep.ShouldBeTrue();
    }

    [Fact]
    public void An_outcome_is_one_of_three()
    {
        var time = TimeSpan.FromSeconds(1);
        HardwareMapping.ToMessage(new HardwareReading(HardwareSource.Md, Reading.NotApplicable<HardwareComponents>("no md array"), time, time)).NotApplicable.Reason.ShouldBe("no md array");
        var unavailable = HardwareMapping.ToMessage(new HardwareReading(HardwareSource.Smart, Reading.Unavailable<HardwareComponents>(UnavailableReason.ToolMissing, new string('x', 1000) + "\u001b[2J"), time, time)).Unavailable;
        unavailable.Reason.ShouldBe(Wire.UnavailableReason.ToolMissing);
        unavailable.Detail.Length.ShouldBe(300);
        HardwareMapping.ToMessage(new HardwareReading(HardwareSource.Edac, Reading.Measured(new HardwareComponents()), time, time)).Measured.ShouldNotBeNull();
    }

    [Fact]
    public void A_series_is_named_once_and_what_is_not_a_number_is_left_out()
    {
        using var folder = new ScratchFolder();
        using var catalogue = new SeriesCatalogue(folder["series"], spoolIsNew: true);
        Measurement[] values = [new("load.1m", "", SeriesKind.Gauge, 0), new("network.receive_bytes", "eth0", SeriesKind.Counter, 7), new("load.5m", "", SeriesKind.Gauge, double.NaN)];
        var first = MeasurementsMapping.ToMessage(values, catalogue);
        first.NewSeries.Select(series => series.Metric).ShouldBe(["load.1m", "network.receive_bytes"]);
        first.Values.ShouldBe([0, 7]);
        var second = MeasurementsMapping.ToMessage(values, catalogue);
        second.NewSeries.ShouldBeEmpty();
        second.Series.ShouldBe(first.Series);
    }
}
