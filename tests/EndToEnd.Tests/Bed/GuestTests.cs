using System.Text.Json.Nodes;
using HaiSoft.Testing.Guests;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Networks;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Bed;

[Trait("Category", "Machines")]
public sealed class GuestTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_guests_disks_are_read_by_the_real_tools_and_fail_when_told_to()
    {
        Assert.SkipWhen(Guest.WhyNot() is not null, Guest.WhyNot() ?? "");
        await using var network = await TestNetwork.CreateAsync(Stop);
        await using var guest = await Guest.StartAsync(network, Stop);

        (await NvmeAsync(guest))["smart_status"]!["passed"]!.GetValue<bool>().ShouldBeTrue();

        await guest.SetNvmeCriticalWarningAsync(4, Stop);

        var failed = await NvmeAsync(guest);
        failed["smart_status"]!["passed"]!.GetValue<bool>().ShouldBeFalse();
        failed["serial_number"]!.GetValue<string>().ShouldBe(guest.NvmeSerial);

        await guest.MustAsync(["mdadm", "--create", "/dev/md0", "--run", "--level=1", "--raid-devices=2", "--assume-clean", "/dev/sda", "/dev/sdb"], Stop);
        await guest.MustAsync(["mdadm", "/dev/md0", "--fail", "/dev/sda"], Stop);

        (await guest.MustAsync(["cat", "/proc/mdstat"], Stop)).ShouldContain("(F)");
        (await guest.MustAsync(["cat", "/proc/net/route"], Stop)).ShouldContain("eth0");
    }

    private static async Task<JsonNode> NvmeAsync(Guest guest) =>
        JsonNode.Parse((await guest.RunAsync(["smartctl", "--json", "--all", "/dev/nvme0"], Stop)).Output)!;
}
