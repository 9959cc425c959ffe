using System.Text;
using System.Text.Json;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Arrays;
using HaiSoft.Agent.Readings.Disks;
using HaiSoft.Agent.Readings.Inventory;
using HaiSoft.Agent.Readings.Links;
using HaiSoft.Agent.Readings.Memory;
using HaiSoft.Agent.Readings.Sensors;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Readings;

/// <summary>What real tools printed on real machines is read whole.</summary>
public sealed class CapturesTests
{
    private static string Folder(string tool) => Captures.Locate(tool) ?? Skip();

    private static string Skip()
    {
        Assert.Skip(Captures.Missing);
        return "";
    }

    [Fact]
    public void Every_disk_is_read_whole_or_is_unreadable_where_its_label_says_so()
    {
        var folder = Folder("smartctl");
        foreach (var label in File.ReadLines(Path.Combine(folder, "LABELS.tsv")).Select(line => line.Split('\t')))
        {
            var json = File.ReadAllBytes(Path.Combine(folder, label[0]));
            var disk = SmartctlOutput.Parse(json);
            if (label[1] == "unreadable")
            {
                disk.Unreadable.ShouldNotBeNull(label[0]);
                disk.Health.ShouldBeNull(label[0]);
                continue;
            }

            disk.Unreadable.ShouldBeNull(label[0]);
            var health = disk.Health.ShouldNotBeNull(label[0]);
            disk.Protocol.ShouldNotBe(DiskProtocol.Unknown, label[0]);
            health.SmartPassed.ShouldNotBeNull(label[0]);
            using var document = JsonDocument.Parse(json);
            (health.TemperatureCelsius is not null).ShouldBe(document.RootElement.TryGetProperty("temperature", out _), label[0]);
            (disk.Model is not null).ShouldBe(document.RootElement.TryGetProperty("model_name", out _) || document.RootElement.TryGetProperty("scsi_model_name", out _), label[0]);
            CompareAttributes(document.RootElement, health, label[0]);
            (health.Nvme is not null).ShouldBe(disk.Protocol == DiskProtocol.Nvme, label[0]);
            (health.Scsi is not null).ShouldBe(disk.Protocol == DiskProtocol.Scsi, label[0]);
            disk.Serial.ShouldBe(document.RootElement.TryGetProperty("serial_number", out var serial) ? serial.GetString()!.Trim() : null, label[0]);
        }
    }

    private static void CompareAttributes(JsonElement root, DiskHealth health, string file)
    {
        var table = root.TryGetProperty("ata_smart_attributes", out var attributes) ? attributes.GetProperty("table").EnumerateArray().ToList() : [];
        health.AtaAttributes.Count.ShouldBe(table.Count, file);
        foreach (var (attribute, entry) in health.AtaAttributes.Zip(table))
        {
            attribute.Number.ShouldBe(entry.GetProperty("id").GetInt32(), file);
            attribute.Raw.ShouldBe(entry.GetProperty("raw").GetProperty("value").GetInt64(), file);
            attribute.RawText.ShouldBe(entry.GetProperty("raw").GetProperty("string").GetString(), file);
            (attribute.Failed == AttributeFailed.Now).ShouldBe(entry.TryGetProperty("when_failed", out var when) && when.GetString() == "now", file);
        }
    }

    [Fact]
    public void Every_scan_gives_its_devices()
    {
        var folder = Folder("smartctl-scan");
        foreach (var file in Directory.GetFiles(folder, "smartctl_scan_*.json"))
            SmartctlScan.Parse(File.ReadAllBytes(file)).ShouldBeOfType<Measured<IReadOnlyList<ScannedDevice>>>(file).Value.ShouldNotBeEmpty(file);
        var raid = (Measured<IReadOnlyList<ScannedDevice>>)SmartctlScan.Parse(File.ReadAllBytes(Path.Combine(folder, "smartctl_scan_megaraid.json")));
        raid.Value[0].Subject.ShouldBe("/dev/bus/0 megaraid,0");
    }

    [Fact]
    public void Every_mdstat_gives_all_its_arrays()
    {
        var folder = Folder("mdstat");
        foreach (var file in Directory.GetFiles(folder, "*.txt").Append(Path.Combine(Folder("sysfs"), "mdstat")))
        {
            var text = File.ReadAllText(file);
            var arrays = MdStat.Parse(text).ShouldBeOfType<Measured<IReadOnlyList<ArrayReading>>>(file).Value;
            arrays.Count.ShouldBe(text.Split('\n').Count(line => line.StartsWith("md", StringComparison.Ordinal)), file);
            arrays.ShouldAllBe(array => array.Members.Count > 0 && array.Level != "unknown");
        }
    }

    [Fact]
    public void Labelled_arrays_are_degraded_where_their_label_says_so()
    {
        var folder = Folder("mdstat");
        foreach (var label in File.ReadLines(Path.Combine(folder, "LABELS.tsv")).Select(line => line.Split('\t')))
        {
            var arrays = ((Measured<IReadOnlyList<ArrayReading>>)MdStat.Parse(File.ReadAllText(Path.Combine(folder, label[0] + ".input.txt")))).Value;
            var degraded = arrays.Any(array => array.Inactive || array.ActiveCount < array.RequiredCount);
            if (label[1] is "OK" or "CRITICAL")
                degraded.ShouldBe(label[1] == "CRITICAL", label[0]);
        }
    }

    [Fact]
    public void The_tree_of_a_machine_gives_its_memory_sensors_links_arrays_and_disks()
    {
        var archive = Captures.Locate("sysfs", "sys.ttar") ?? Skip();
        using var scratch = new ScratchFolder();
        TextArchive.Extract(archive, scratch.Path);
        var sys = Path.Combine(scratch.Path, "sys");

        var memory = EdacFolder.Read(sys).ShouldBeOfType<Measured<IReadOnlyList<MemoryReading>>>().Value;
        memory.ShouldContain(m => m.Module.Length == 0);
        memory.Count.ShouldBeGreaterThan(1);

        var sensors = HwmonFolder.Read(sys).ShouldBeOfType<Measured<IReadOnlyList<SensorReading>>>().Value;
        sensors.Select(s => s.SensorId).Distinct().Count().ShouldBe(sensors.Count);
        sensors.Select(s => s.Kind).Distinct().Count().ShouldBeGreaterThan(2);
        sensors.Where(s => s.Kind == SensorKind.Temperature && s.Value is not null).ShouldAllBe(s => s.Value > -60 && s.Value < 200);

        var links = NetFolder.Read(sys).ShouldBeOfType<Measured<IReadOnlyList<LinkReading>>>().Value;
        links.ShouldContain(l => l.SpeedMegabits == 1000);

        var arrays = ((Measured<IReadOnlyList<ArrayReading>>)MdStat.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(archive)!, "mdstat")))).Value;
        arrays.Select(array => MdFolder.Refine(array, sys, DiskFolder.ReadAll(sys, scratch.Path))).Count().ShouldBe(arrays.Count);
    }

    [Fact]
    public void Power_supplies_of_the_firmwares_table_are_structures()
    {
        var text = File.ReadAllText(Path.Combine(Folder("dmidecode"), "type39.txt"));
        var structures = DmiTable.Parse(text).ShouldBeOfType<Measured<IReadOnlyList<DmiStructure>>>().Value;
        structures.Count.ShouldBe(text.Split('\n').Count(line => line.StartsWith("Handle ", StringComparison.Ordinal)));
        structures.ShouldAllBe(s => s.Type == 39 && s.Fields.Count > 3);
    }

    [Fact]
    public void Damaged_captures_never_throw()
    {
        var random = new Random(20261122);
        foreach (var file in Directory.GetFiles(Folder("smartctl"), "*.json"))
        {
            var json = File.ReadAllBytes(file);
            for (var length = 0; length < json.Length; length += 397)
                SmartctlOutput.Parse(json.AsMemory(0, length)).Health.ShouldBeNull(file);
            for (var i = 0; i < 20; i++)
            {
                var damaged = (byte[])json.Clone();
                for (var j = 0; j < 5; j++)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                var disk = SmartctlOutput.Parse(damaged, "/dev/sda");
                (disk.Health is null != (disk.Unreadable is null && !disk.Asleep)).ShouldBeTrue(file);
                SmartctlScan.Parse(damaged).ShouldNotBeNull();
            }
        }

        foreach (var file in Directory.GetFiles(Folder("mdstat"), "*.txt"))
        {
            var text = File.ReadAllText(file);
            for (var length = 0; length < text.Length; length += 7)
                MdStat.Parse(text[..length]).ShouldNotBeNull();
            for (var i = 0; i < 200; i++)
            {
                var damaged = Encoding.Latin1.GetBytes(text);
                for (var j = 0; j < 4; j++)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                MdStat.Parse(Encoding.Latin1.GetString(damaged)).ShouldNotBeNull();
            }
        }
    }
}
