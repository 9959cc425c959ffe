using HaiSoft.Agent.Hardware;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Arrays;
using HaiSoft.Agent.Readings.Hardware;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Hardware;

public sealed class BoardSensorsTests : IDisposable
{
    private readonly ScratchFolder _machine = new();

    public void Dispose() => _machine.Dispose();

    private BoardSensors Sensors => new(FileRoots.Below(_machine.Path));

    private static HardwareComponents Measured(Reading<HardwareComponents> reading) => reading.ShouldBeOfType<Measured<HardwareComponents>>().Value;

    [Fact]
    public void A_machine_that_has_nothing_says_why_for_each_source()
    {
        foreach (var reading in new[] { Sensors.ReadArrays(), Sensors.ReadMemory(), Sensors.ReadSensors(), Sensors.ReadLinks() })
            reading.ShouldBeOfType<NotApplicable<HardwareComponents>>().Reason.ShouldNotBeEmpty();
        _machine.Write("proc/mdstat", "Personalities : \nunused devices: <none>\n");
        Sensors.ReadArrays().ShouldBeOfType<NotApplicable<HardwareComponents>>().Reason.ShouldBe("no md array");
    }

    [Fact]
    public void Members_carry_their_disks_model_serial_and_slot()
    {
        _machine.Write("proc/mdstat", "Personalities : [raid1]\nmd0 : active raid1 sdb1[2] sda1[0] sdc1[1](F)\n      1048512 blocks super 1.2 [2/1] [U_]\n      [==>.....]  recovery = 12.6% (1/8) finish=0.5min speed=26424K/sec\n\nunused devices: <none>\n");
        foreach (var (disk, place) in new[] { ("sda", "2:0:0:0"), ("sdb", "3:0:0:0") })
        {
            _machine.Write($"sys/devices/{place}/model", "ACME 4T  \n");
            _machine.Write($"sys/devices/{place}/block/{disk}/{disk}1/partition", "1\n");
            _machine.Write($"sys/devices/{place}/vpd_pg80", "\0\u0080\0\u0008   SN-" + disk + "\n");
            Directory.CreateDirectory(_machine["sys", "class", "block"]);
            Directory.CreateDirectory(_machine["sys", "block"]);
            Directory.CreateSymbolicLink(_machine["sys", "class", "block", disk + "1"], _machine["sys", "devices", place, "block", disk, disk + "1"]);
            Directory.CreateSymbolicLink(_machine["sys", "block", disk], _machine["sys", "devices", place, "block", disk]);
            Directory.CreateSymbolicLink(_machine["sys", "devices", place, "block", disk, "device"], _machine["sys", "devices", place]);
        }

        var array = Measured(Sensors.ReadArrays()).Arrays.ShouldHaveSingleItem();
        array.ShouldSatisfyAllConditions(
            a => a.RequiredCount.ShouldBe(2),
            a => a.ActiveCount.ShouldBe(1),
            a => a.Activity.ShouldBe(ArrayActivity.Recovering),
            a => a.ProgressPercent.ShouldBe(12.6),
            a => a.CapacityBytes.ShouldBe(1048512L * 1024));
        array.Members.Select(m => (m.Device, m.State, m.DiskSerial, m.DiskSlot)).ShouldBe(
        [
            ("sdb1", ArrayMemberState.Rebuilding, "SN-sdb", "3:0:0:0"),
            ("sda1", ArrayMemberState.InSync, "SN-sda", "2:0:0:0"),
            ("sdc1", ArrayMemberState.Faulty, null, null),
        ]);
        array.Members[0].DiskModel.ShouldBe("ACME 4T");
    }

    [Fact]
    public void The_kernels_own_state_of_a_member_goes_before_mdstats()
    {
        _machine.Write("proc/mdstat", "Personalities : [raid1]\nmd0 : active raid1 sdb1[1] sda1[0]\n      1048512 blocks [2/2] [UU]\n      resync=PENDING\n");
        _machine.Write("sys/block/md0/md/dev-sdb1/state", "in_sync,write_mostly\n");
        _machine.Write("sys/block/md0/md/dev-sda1/state", "spare\n");
        _machine.Write("sys/block/md0/md/dev-sda1/slot", "0\n");
        var members = Measured(Sensors.ReadArrays()).Arrays[0].Members;
        members.Select(m => m.State).ShouldBe([ArrayMemberState.Auxiliary, ArrayMemberState.Rebuilding]);
    }

    [Fact]
    public void Memory_errors_are_counted_by_module_and_the_rest_by_controller()
    {
        _machine.Write("sys/devices/system/edac/mc/mc0/ce_count", "6\n");
        _machine.Write("sys/devices/system/edac/mc/mc0/ue_count", "1\n");
        _machine.Write("sys/devices/system/edac/mc/mc0/dimm0/dimm_ce_count", "4\n");
        _machine.Write("sys/devices/system/edac/mc/mc0/dimm0/dimm_ue_count", "1\n");
        _machine.Write("sys/devices/system/edac/mc/mc0/dimm0/dimm_label", "CPU0_DIMM_A1\n");
        var memory = Measured(Sensors.ReadMemory()).Memory;
        memory.Select(m => (m.Module, m.CorrectedCount, m.UncorrectedCount)).ShouldBe([("", 2, 0), ("dimm0", 4, 1)]);
        memory[1].Label.ShouldBe("CPU0_DIMM_A1");
    }

    [Fact]
    public void A_broken_sensor_has_no_value()
    {
        _machine.Write("sys/class/hwmon/hwmon0/name", "chip\n");
        _machine.Write("sys/class/hwmon/hwmon0/temp1_input", "-12500\n");
        _machine.Write("sys/class/hwmon/hwmon0/temp2_input", "127000\n");
        _machine.Write("sys/class/hwmon/hwmon0/temp2_fault", "1\n");
        _machine.Write("sys/class/hwmon/hwmon0/fan1_input", "0\n");
        _machine.Write("sys/class/hwmon/hwmon0/fan1_alarm", "1\n");
        _machine.Write("sys/class/hwmon/hwmon0/in0_input", "1232\n");
        var sensors = Measured(Sensors.ReadSensors()).Sensors;
        sensors.Select(s => (s.SensorId, s.Value, s.Alarm, s.Fault)).ShouldBe(
            [("chip/temp1", -12.5, null, null), ("chip/temp2", null, null, true), ("chip/fan1", 0, true, null), ("chip/in0", 1.232, null, null)]);
    }

    [Fact]
    public void A_link_that_is_off_has_no_carrier_and_a_bonds_members_name_it()
    {
        _machine.Write("sys/class/net/lo/flags", "0x9\n");
        _machine.Write("sys/class/net/lo/type", "772\n");
        _machine.Write("sys/class/net/bond0/flags", "0x1403\n");
        _machine.Write("sys/class/net/bond0/bonding/slaves", "eth0\n");
        _machine.Write("sys/class/net/eth0/flags", "0x1803\n");
        _machine.Write("sys/class/net/eth0/carrier", "0\n");
        _machine.Write("sys/class/net/eth0/speed", "-1\n");
        _machine.Write("sys/class/net/eth0/device/vendor", "0x8086\n");
        Directory.CreateSymbolicLink(_machine["sys", "class", "net", "eth0", "master"], "../bond0");
        _machine.Write("sys/class/net/eth1/flags", "0x1002\n");
        var links = Measured(Sensors.ReadLinks()).Links;
        links.Select(l => (l.Name, l.Enabled, l.Carrier, l.SpeedMegabits, l.Bond, l.Physical)).ShouldBe(
            [("bond0", true, null, null, null, false), ("eth0", true, false, null, "bond0", true), ("eth1", false, null, null, null, false)]);
    }
}
