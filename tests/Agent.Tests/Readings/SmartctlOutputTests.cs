using System.Text;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Readings.Disks;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Readings;

public sealed class SmartctlOutputTests
{
    private static DiskReading Parse(string json) => SmartctlOutput.Parse(Encoding.UTF8.GetBytes(json), "/dev/sdx");

    [Fact]
    public void A_sleeping_disk_is_asleep_and_not_unreadable()
    {
        var disk = Parse("""{"smartctl":{"exit_status":2,"messages":[{"string":"Device is in STANDBY mode, exit(2)","severity":"information"}]},"device":{"protocol":"ATA"}}""");
        disk.ShouldSatisfyAllConditions(d => d.Asleep.ShouldBeTrue(), d => d.Unreadable.ShouldBeNull(), d => d.Health.ShouldBeNull());
    }

    [Fact]
    public void A_disk_that_cannot_be_opened_is_unreadable_with_the_tools_words()
    {
        var why = Parse("""{"smartctl":{"exit_status":2,"messages":[{"string":"Smartctl open device: /dev/sdx failed: No such device\u001b[31m","severity":"error"}]}}""").Unreadable!;
        why.Reason.ShouldBe(UnavailableReason.ToolFailed);
        why.Detail.ShouldContain("No such device");
        why.Detail.ShouldNotContain("\u001b");
    }

    [Fact]
    public void A_failed_command_does_not_hide_what_was_read()
    {
        var disk = Parse("""{"smartctl":{"exit_status":12},"device":{"protocol":"ATA"},"temperature":{"current":40}}""");
        disk.Health!.SmartPassed.ShouldBe(false, "bit 3 says that the disk fails");
        disk.Health.TemperatureCelsius.ShouldBe(40);
    }

    [Fact]
    public void An_nvme_disks_log_is_read_with_bits_that_nobody_named()
    {
        var disk = Parse("""{"smartctl":{"exit_status":0},"device":{"protocol":"NVMe"},"nvme_smart_health_information_log":{"critical_warning":133,"available_spare":3,"percentage_used":255,"media_errors":18446744073709551616,"num_err_log_entries":7}}""");
        var nvme = disk.Health!.Nvme!;
        ((int)nvme.CriticalWarning).ShouldBe(133);
        nvme.CriticalWarning.HasFlag(NvmeCriticalWarning.ReliabilityDegraded).ShouldBeTrue();
        nvme.PercentageUsed.ShouldBe(255);
        nvme.MediaErrorCount.ShouldBeNull("it does not fit, and a wrong number is worse than none");
        disk.Health.ErrorLogCount.ShouldBe(7);
    }

    [Fact]
    public void A_scsi_disk_that_predicts_its_failure_says_the_code()
    {
        var scsi = Parse("""{"smartctl":{"exit_status":8},"device":{"protocol":"SCSI"},"smart_status":{"passed":false,"scsi":{"asc":93,"ascq":16}},"scsi_grown_defect_list":41,"scsi_error_counter_log":{"read":{"total_uncorrected_errors":3}}}""").Health!.Scsi!;
        scsi.PredictedFailureCode.ShouldBe(0x5D10);
        scsi.GrownDefectCount.ShouldBe(41);
        scsi.ReadUncorrectedCount.ShouldBe(3);
        scsi.WriteUncorrectedCount.ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 0, true, SelfTestOutcome.Passed)]
    [InlineData(0, 0, false, null)]
    [InlineData(249, 0, true, SelfTestOutcome.Running)]
    [InlineData(0, 25, true, SelfTestOutcome.Aborted)]
    [InlineData(0, 121, true, SelfTestOutcome.Failed)]
    [InlineData(0, 160, true, null)]
    public void The_last_self_test_is_the_logs_newest_and_one_that_never_ran_is_none(int now, int logged, bool log, SelfTestOutcome? outcome)
    {
        var table = log ? $$$""","ata_smart_self_test_log":{"extended":{"table":[{"status":{"value":{{{logged}}} } }]}}""" : "";
        var json = $$$"""{"smartctl":{"exit_status":0},"smart_status":{"passed":true},"ata_smart_data":{"self_test":{"status":{"value":{{{now}}} } } }{{{table}}} }""";
        Parse(json).Health!.SelfTest.ShouldBe(outcome);
    }

    [Fact]
    public void A_disk_without_smart_has_a_health_that_tells_nothing()
    {
        Parse("""{"smartctl":{"exit_status":4},"device":{"protocol":"SCSI"},"smart_support":{"available":false}}""").Health!.TellsNothing.ShouldBeTrue();
        Parse("""{"smartctl":{"exit_status":4},"device":{"protocol":"SCSI"}}""").Unreadable!.Reason.ShouldBe(UnavailableReason.NotUnderstood);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("smartctl: command not found")]
    [InlineData("{\"smartctl\":{\"exit_status\":0},\"ata_smart_attributes\":{\"table\":[{\"id\":5,\"value\":1,\"raw\":{\"value\":1e400}}]}}")]
    [InlineData("{\"smartctl\":{\"exit_status\":0},\"model_name\":\"\\ud800\"}")]
    [InlineData("{\"smartctl\":{\"exit_status\":99999999999999999999}}")]
    public void What_is_not_smartctls_is_not_understood(string output) => Parse(output).Unreadable!.Reason.ShouldBe(UnavailableReason.NotUnderstood);

    [Fact]
    public void Depth_is_bounded() =>
        Parse("{\"smartctl\":" + string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "1" + new string('}', 100_001)).Unreadable!.Reason.ShouldBe(UnavailableReason.NotUnderstood);

    [Fact]
    public void A_world_wide_name_is_put_together_again() =>
        Parse("""{"smartctl":{"exit_status":0},"smart_status":{"passed":true},"wwn":{"naa":5,"oui":1193046,"id":19088743}}""").Wwn.ShouldBe("5123456001234567");
}
