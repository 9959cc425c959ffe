using HaiSoft.Controller.Rules.Arrays;
using HaiSoft.Controller.Rules.Disks;
using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Rules.Services;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Judging;

/// <summary>What single rules say.</summary>
public sealed class RuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, Health.Healthy, false)]
    [InlineData(1, Health.Failed, true)]
    [InlineData(2, Health.Failed, false)]
    [InlineData(4, Health.Failed, true)]
    [InlineData(8, Health.Failed, true)]
    [InlineData(16, Health.Failed, true)]
    public void Each_critical_warning_of_an_nvme_disk_is_a_fault_and_heat_must_hold(int bits, Health health, bool atOnce)
    {
        Verdict verdict = Judge(new DiskFacts { Device = "/dev/nvme0", Nvme = new(bits, 100, 10, 1, 0), SmartPassed = bits == 0 });
        verdict.Health.ShouldBe(health);
        verdict.Unambiguous.ShouldBe(atOnce);
    }

    [Theory]
    [InlineData(8, "8", 8)]
    [InlineData(0x0003_0000_0008, "8 (3 0)", 8)]
    [InlineData(0x0003_0000_0008, "12884901896", 8)]
    public void Packed_raw_values_are_read_as_their_vendors_mean_them(long raw, string text, int count)
    {
        AtaAttribute attribute = new(197, "Current_Pending_Sector", 100, 0, raw, text, Prefailure: false, AttributeFailure.Never);
        Verdict verdict = Judge(new DiskFacts { Device = "/dev/sda", AtaAttributes = [attribute] });
        verdict.Health.ShouldBe(Health.Degrading);
        verdict.Reason.ShouldStartWith($"{count} sectors");
    }

    [Fact]
    public void A_lifetime_counter_that_does_not_grow_is_no_fault()
    {
        DiskFacts disk = new() { Device = "/dev/nvme0", Nvme = new(0, 100, 10, 1, MediaErrorCount: 17) };
        History<DiskFacts> history = new History<DiskFacts>().With(disk, Now);
        DiskRules.Judge(disk, history)!.Health.ShouldBe(Health.Healthy);
        DiskRules.Judge(disk with { Nvme = disk.Nvme with { MediaErrorCount = 18 } }, history)!.Health.ShouldBe(Health.Degrading);
    }

    [Fact]
    public void A_sleeping_disk_is_not_judged() => DiskRules.Judge(new() { Device = "/dev/sda", Asleep = true }, new()).ShouldBeNull();

    [Fact]
    public void A_disk_that_cannot_be_read_is_never_healthy() =>
        Judge(new DiskFacts { Device = "/dev/sda", Unreadable = "timed out" }).Health.ShouldBe(Health.Unknown);

    [Theory]
    [InlineData("raid1", 2, 1, "RAID1 md0 runs on 1 of 2 members: one more failure loses data")]
    [InlineData("raid6", 6, 5, "RAID6 md0 runs on 5 of 6 members: it survives one more failure")]
    [InlineData("raid5", 4, 2, "RAID5 md0 runs on 2 of 4 members: data is lost or cannot be reached")]
    [InlineData("raid10", 4, 3, "RAID10 md0 runs on 3 of 4 members: one more failure can lose data")]
    public void A_degraded_array_says_what_it_can_still_lose(string level, int required, int active, string words)
    {
        Verdict verdict = ArrayRules.Judge(new("md0", level, required, active, ArrayActivity.Idle, null, false, []));
        verdict.Health.ShouldBe(Health.Failed);
        verdict.Reason.ShouldStartWith(words);
    }

    [Fact]
    public void A_scrub_is_no_fault_and_a_rebuild_without_a_faulty_member_is_a_repair()
    {
        ArrayRules.Judge(new("md0", "raid1", 2, 2, ArrayActivity.Checking, 12, false, [])).Health.ShouldBe(Health.Healthy);
        ArrayRules.Judge(new("md0", "raid1", 2, 1, ArrayActivity.Recovering, 12, false, [])).Repairing.ShouldBeTrue();
    }

    [Theory]
    [InlineData("active", "running", "enabled", 0, Health.Healthy)]
    [InlineData("inactive", "dead", "enabled", 0, Health.Failed)]
    [InlineData("inactive", "dead", "disabled", 0, Health.Healthy)]
    [InlineData("failed", "failed", "enabled", 0, Health.Failed)]
    [InlineData("activating", "auto-restart", "enabled", 0, Health.Failed)]
    [InlineData("active", "running", "enabled", 1, Health.Degrading)]
    [InlineData("active", "running", "enabled", 5, Health.Failed)]
    public void A_unit_is_judged_by_its_state_and_its_restarts(string active, string sub, string file, int restarts, Health health)
    {
        History<ServiceFacts> history = new History<ServiceFacts>().With(Unit("active", "running", "enabled", 0), Now - TimeSpan.FromMinutes(5));
        ServiceRules.Judge(Unit(active, sub, file, restarts), history, new())!.Health.ShouldBe(health);
    }

    [Fact]
    public void A_unit_that_just_starts_is_not_judged_and_one_that_starts_for_minutes_is_down()
    {
        ServiceRules.Judge(Unit("activating", "start", "enabled", 0, Now - TimeSpan.FromSeconds(5)), new(), new()).ShouldBeNull();
        ServiceRules.Judge(Unit("activating", "start", "enabled", 0, Now - TimeSpan.FromMinutes(3)), new(), new())!.Health.ShouldBe(Health.Failed);
    }

    [Theory]
    [InlineData(50, Health.Healthy)]
    [InlineData(9, Health.Degrading)]
    [InlineData(1, Health.Failed)]
    public void A_file_system_is_judged_by_its_room(long free, Health health) => ServiceRules.Judge(
        new("fs:/", "File system /", true, Now, new FileSystemSeen(100, free, null, null, ReadOnly: false)), new(), new())!.Health.ShouldBe(health);

    [Theory]
    [InlineData(200, TlsOutcome.Trusted, 60, Health.Healthy)]
    [InlineData(404, TlsOutcome.Trusted, 60, Health.Healthy)]
    [InlineData(503, TlsOutcome.Trusted, 60, Health.Failed)]
    [InlineData(200, TlsOutcome.Trusted, 10, Health.Degrading)]
    [InlineData(200, TlsOutcome.WrongDate, -1, Health.Failed)]
    [InlineData(200, TlsOutcome.Untrusted, 60, Health.Degrading)]
    public void A_site_is_judged_by_its_answer_and_its_certificate(int status, TlsOutcome tls, int days, Health health) => ServiceRules.Judge(
        new("http", "https://shop.example/", true, Now, new HttpSeen(ConnectionOutcome.Open, status, tls, Now + TimeSpan.FromDays(days))),
        new(),
        new())!.Health.ShouldBe(health);

    private static Verdict Judge(DiskFacts disk) => DiskRules.Judge(disk, new())!;

    private static ServiceFacts Unit(string active, string sub, string file, int restarts, DateTimeOffset? since = null) =>
        new("systemd:a", "a.service", true, Now, new UnitSeen("loaded", active, sub, "success", file, restarts, since));
}
