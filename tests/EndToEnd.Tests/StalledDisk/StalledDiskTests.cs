using System.Globalization;
using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Testing.Guests;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Networks;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.StalledDisk;

/// <summary>
/// The disk that the agent's spool lies on blocks, as dying disks do, and another one fails just then: the finding does
/// not wait for the spool (DESIGN 3).
/// </summary>
[Trait("Category", "Machines")]
public sealed class StalledDiskTests
{
    private const string Server = "stalled-01";
    private const string Configuration = """{ "hardware": { "diskInterval": "1m", "boardInterval": "10s" } }""";
    private const string StateFolder = "/var/lib/haisoft-agent";

    // Two readings of a disk, on an emulated processor.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_disk_fails_while_the_spools_disk_blocks_and_both_are_told_once()
    {
        Assert.SkipWhen(Guest.WhyNot() is not null, Guest.WhyNot() ?? "");
        Assert.SkipWhen(AgentPackage.Path is null, AgentPackage.Missing);
        await using var network = await TestNetwork.CreateAsync(Stop);
        await using var controller = await ControllerProgram.StartAsync(network, Stop);
        await using var guest = await Guest.StartAsync(network, Stop);
        await MountStateFolderAsync(guest);
        await AgentPackage.InstallAsync(guest, controller, Server, Configuration, Stop);
        using var technician = controller.Technician();
        await SeeAsync(technician, guest.NvmeSerial, Health.Healthy);

        await guest.MustAsync(["dmsetup", "suspend", "--noflush", "--nolockfs", "spool"], Stop);
        await guest.SetNvmeCriticalWarningAsync(4, Stop);

        await SeeAsync(technician, guest.NvmeSerial, Health.Failed);
        await SeeAsync(technician, "spool", Health.Failed);
        (await guest.MustAsync(["dmsetup", "info", "--columns", "--noheadings", "-o", "suspended", "spool"], Stop)).ShouldContain("Suspended");

        await guest.MustAsync(["dmsetup", "resume", "spool"], Stop);

        await SeeAsync(technician, "spool", Health.Healthy);
        await SeeAsync(technician, guest.NvmeSerial, Health.Failed);
        var incidents = await technician.IncidentsOfAsync(Server, Stop);
        incidents.Where(incident => incident.Kind == IncidentKind.Hardware).ShouldHaveSingleItem()
            .Findings.ShouldHaveSingleItem().Title.ShouldContain(guest.NvmeSerial);
        incidents.Count(incident => incident.Kind == IncidentKind.Monitoring).ShouldBeLessThanOrEqualTo(1);
    }

    /// <summary>The agent's state on a disk of its own, behind a device that a test can suspend.</summary>
    private static async Task MountStateFolderAsync(Guest guest)
    {
        var sectors = (await guest.MustAsync(["blockdev", "--getsz", "/dev/sda"], Stop)).Trim();
        await guest.MustAsync(["dmsetup", "create", "spool", "--table", string.Create(CultureInfo.InvariantCulture, $"0 {sectors} linear /dev/sda 0")], Stop);
        await guest.MustAsync(["mkfs.ext4", "-q", "/dev/mapper/spool"], Stop);
        await guest.MustAsync(["mkdir", "--parents", "--mode=0700", StateFolder], Stop);
        await guest.MustAsync(["mount", "/dev/mapper/spool", StateFolder], Stop);
        await guest.MustAsync(["rmdir", $"{StateFolder}/lost+found"], Stop);
    }

    private static Task<Component> SeeAsync(Technician technician, string part, Health health) => Eventually.SeeAsync(
        $"{part} {health}",
        Patience,
        async () => (await technician.ServerAsync(Server, Stop)).Components
            .FirstOrDefault(component => component.ComponentId.Contains(part, StringComparison.Ordinal) && component.Health == health),
        Stop);
}
