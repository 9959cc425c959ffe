using System.Text.Json.Nodes;
using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Testing.Guests;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Networks;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.HardwareFault;

/// <summary>A dedicated server with disks of its own and the packaged agent: the disks fail while it runs.</summary>
[Trait("Category", "Machines")]
public sealed class HardwareFaultTests
{
    private const string Server = "disk-01";

    // The shortest times that the agent accepts: disks each minute, software RAID at once and each 10 s.
    private const string Configuration = """{ "hardware": { "diskInterval": "1m", "boardInterval": "10s" } }""";

    // Two readings of a disk, on an emulated processor.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_disk_that_warns_and_an_array_that_loses_a_member_are_hardware_incidents_that_name_the_part()
    {
        Assert.SkipWhen(Guest.WhyNot() is not null, Guest.WhyNot() ?? "");
        Assert.SkipWhen(AgentPackage.Path is null, AgentPackage.Missing);
        await using var network = await TestNetwork.CreateAsync(Stop);
        await using var controller = await ControllerProgram.StartAsync(network, Stop);
        await using var guest = await Guest.StartAsync(network, Stop);
        await guest.MustAsync(["mdadm", "--create", "/dev/md0", "--run", "--level=1", "--raid-devices=2", "--assume-clean", "/dev/sda", "/dev/sdb"], Stop);
        await AgentPackage.InstallAsync(guest, controller, Server, Configuration, Stop);
        using var technician = controller.Technician();
        await Eventually.SeeAsync(
            "disk and array healthy",
            Patience,
            async () =>
            {
                var healthy = (await technician.ServerAsync(Server, Stop)).Components.Where(part => part.Health == Protocol.Technician.V1.Health.Healthy).ToList();
                return healthy.Exists(part => part.ComponentId.Contains(guest.NvmeSerial, StringComparison.Ordinal))
                    && healthy.Exists(part => part.ComponentId.Contains("md0", StringComparison.Ordinal)) ? healthy : null;
            },
            Stop);

        await guest.SetNvmeCriticalWarningAsync(4, Stop);

        var disk = await IncidentAboutAsync(controller, guest.NvmeSerial);
        ShouldRunTheReplacementClock(disk);
        Finding(disk, guest.NvmeSerial).ShouldSatisfyAllConditions(
            title => title.ShouldContain("QEMU NVMe Ctrl"),
            title => title.ShouldContain("slot", Case.Insensitive));

        await guest.MustAsync(["mdadm", "/dev/md0", "--fail", "/dev/sda"], Stop);

        var array = await IncidentAboutAsync(controller, "md0");
        ShouldRunTheReplacementClock(array);
        array.ToJsonString().ShouldSatisfyAllConditions(
            told => told.ShouldContain("1 of 2 members: one more failure loses data"),
            told => told.ShouldContain(guest.SataModel));
    }

    private static async Task<JsonNode> IncidentAboutAsync(ControllerProgram controller, string part) => await Eventually.SeeAsync(
        $"an incident about {part}",
        Patience,
        async () => (await controller.CtlJsonAsync(["incidents"], Stop))["incidents"]!.AsArray()
            .FirstOrDefault(incident => incident!["kind"]!.GetValue<string>() == "hardware" && incident.ToJsonString().Contains(part, StringComparison.Ordinal)),
        Stop);

    /// <summary>Replaced within 4 hours of detection, by day and by night (DOMAIN 4.2).</summary>
    private static void ShouldRunTheReplacementClock(JsonNode incident)
    {
        var clock = incident["clocks"]!.AsArray().Single(clock => clock!["kind"]!.GetValue<string>() == "replacement")!;
        clock["state"]!.GetValue<string>().ShouldBe("running");
        (clock["due_time"]!.GetValue<DateTimeOffset>() - clock["started_time"]!.GetValue<DateTimeOffset>()).ShouldBe(TimeSpan.FromHours(4));
    }

    private static string Finding(JsonNode incident, string part) => incident["findings"]!.AsArray()
        .Select(finding => finding!["title"]!.GetValue<string>())
        .First(title => title.Contains(part, StringComparison.Ordinal));
}
