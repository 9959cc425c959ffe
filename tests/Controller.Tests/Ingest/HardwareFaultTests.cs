using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Rules.Sla;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;
using Shouldly;
using Xunit;
using IncidentKind = HaiSoft.Controller.Incidents.IncidentKind;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Tests.Ingest;

/// <summary>Failed parts and what they open.</summary>
public abstract class HardwareFaultTests(StoreKind kind)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_critical_warning_opens_a_hardware_incident_with_both_clocks_and_names_the_disk()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        await agent.DeliverAsync(
            agent.Report(1, TimeSpan.FromMinutes(5), Reports.Disks(Reports.Nvme("S4X1"))),
            agent.Report(2, TimeSpan.Zero, Reports.Disks(Reports.Nvme("S4X1", warning: 4))));

        IncidentView incident = await OnlyAsync(controller);
        incident.Kind.ShouldBe(IncidentKind.Hardware);
        incident.Clocks.Select(c => c.Promise).ShouldBe([SlaPromise.Intervention, SlaPromise.Replacement]);
        (incident.Clocks[1].DueAt - incident.DetectedAt).ShouldBe(TimeSpan.FromHours(4));
        FindingView finding = incident.Findings.ShouldHaveSingleItem();
        finding.Title.ShouldBe("Disk SAMSUNG MZVL2512 S4X1, slot 0000:01:00.0");
        finding.Evidence.ShouldContain(new HaiSoft.Controller.Rules.Findings.Evidence("critical_warning", "0x04"));
    }

    [Fact]
    public async Task A_virtual_servers_disk_opens_no_replacement_clock()
    {
        await using RunningController controller = RunningController.Start(kind);
        await controller.AddServerAsync("host-01");
        ServerRecord guest = RunningController.Dedicated("vm-01");
        guest.Kind = HaiSoft.Protocol.Technician.V1.ServerKind.Virtual;
        guest.Rack = "";
        guest.Host = "host-01";
        await controller.Records().AddServerAsync(new AddServerRequest { Record = guest });
        TestAgent identity = await TestAgent.EnrolAsync(controller, await controller.TokenForAsync("vm-01"));
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, identity);

        await agent.DeliverAsync(agent.Report(1, TimeSpan.Zero, Reports.Disks(Reports.Nvme("S4X1", warning: 4))));

        IncidentView incident = await OnlyAsync(controller);
        incident.Place.ShouldBe("host-01");
        incident.Clocks.ShouldHaveSingleItem().Promise.ShouldBe(SlaPromise.Intervention);
    }

    [Fact]
    public async Task A_failed_disk_and_the_array_that_it_degrades_are_one_incident()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        await agent.DeliverAsync(
            agent.Report(1, TimeSpan.FromSeconds(3), Reports.Disks(Reports.Nvme("S4X1", warning: 8))),
            agent.Report(2, TimeSpan.FromSeconds(2), Reports.Array(
                1,
                Reports.Member("nvme0n1p1", ArrayMemberState.Faulty, "S4X1"),
                Reports.Member("nvme1n1p1", ArrayMemberState.InSync, "S4X2"))));

        IncidentView incident = await OnlyAsync(controller);
        incident.Findings.Count.ShouldBe(2);
        incident.Findings[1].Reason.ShouldStartWith("RAID1 md0 runs on 1 of 2 members: one more failure loses data");
    }

    [Fact]
    public async Task A_new_disk_in_the_slot_of_the_failed_one_stops_the_replacement_clock()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        await agent.DeliverAsync(agent.Report(1, TimeSpan.FromMinutes(30), Reports.Disks(Reports.Nvme("OLD", warning: 4))));

        await agent.DeliverAsync(agent.Report(2, TimeSpan.FromMinutes(1), Reports.Disks(Reports.Nvme("NEW"))));

        IncidentView incident = await OnlyAsync(controller);
        incident.Clocks.Single(c => c.Promise == SlaPromise.Replacement).State.ShouldBe(SlaClockState.Met);
        incident.Clocks.Single(c => c.Promise == SlaPromise.Intervention).Runs.ShouldBeTrue();
        incident.RecoveredAt.ShouldNotBeNull();
        string serverId = incident.ServerId;
        IReadOnlyList<ComponentView> components = await controller.Service<ComponentStates>().OfServerAsync(serverId, Token);
        components.Where(c => c.Kind == ComponentKind.Disk).Select(c => c.ComponentId).ShouldBe(["disk:NEW"]);
    }

    [Fact]
    public async Task A_degrading_disk_starts_no_clock_and_shows_on_the_server()
    {
        await using RunningController controller = RunningController.Start(kind);
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        DiskReading worn = Reports.Nvme("S4X1");
        worn.Nvme.PercentageUsed = 104;
        await agent.DeliverAsync(
            agent.Report(1, TimeSpan.FromMinutes(6), Reports.Disks(worn)), agent.Report(2, TimeSpan.FromMinutes(1), Reports.Disks(worn)));

        (await controller.Service<IncidentBoard>().ListAsync(false, null, Token)).Incidents.ShouldBeEmpty();
        (await controller.Service<ComponentStates>().WorstOfServersAsync(only: null, Token)).Values.ShouldBe([HaiSoft.Controller.Rules.Findings.Health.Degrading]);
    }

    private static async Task<IncidentView> OnlyAsync(RunningController controller) =>
        (await controller.Service<IncidentBoard>().ListAsync(false, null, Token)).Incidents.ShouldHaveSingleItem();

    public sealed class OnSqlite() : HardwareFaultTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : HardwareFaultTests(StoreKind.Postgres);
}
