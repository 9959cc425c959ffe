using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Rules.Sla;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Controller.Tests.Ingest;
using Shouldly;
using Xunit;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Tests.Incidents;

/// <summary>The steps of technicians, those that are allowed and those that are not.</summary>
public abstract class WorkTests(StoreKind kind)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_step_is_allowed_once_and_in_order_and_leaves_who_and_when()
    {
        await using RunningController controller = RunningController.Start(kind);
        long number = await OpenAsync(controller);
        IncidentWork work = controller.Service<IncidentWork>();

        (await work.AcknowledgeAsync(number, "Anna", Token)).ShouldBeOfType<IncidentStep.Done>().Incident.State.ShouldBe(IncidentState.Acknowledged);
        (await work.AcknowledgeAsync(number, "Bert", Token)).ShouldBeOfType<IncidentStep.Refused>().Reason.ShouldContain("Anna");
        (await work.RecordReplacementAsync(number, "Anna", "S2", Token)).ShouldBeOfType<IncidentStep.Refused>().Reason.ShouldContain("not about a part");
        IncidentView begun = (await work.BeginInterventionAsync(number, "Bert", Token)).ShouldBeOfType<IncidentStep.Done>().Incident;
        begun.Technician.ShouldBe("Bert");
        begun.Clocks[0].State.ShouldBe(SlaClockState.Met);
        (await work.BeginInterventionAsync(number, "Anna", Token)).ShouldBeOfType<IncidentStep.Refused>();
        (await work.ResolveAsync(number, "Bert", " ", Token)).ShouldBeOfType<IncidentStep.Refused>().Reason.ShouldContain("note");
        (await work.ResolveAsync(number, "Bert", "Waits for the customer", Token)).ShouldBeOfType<IncidentStep.Done>();
        (await work.ResolveAsync(number, "Bert", "Again", Token)).ShouldBeOfType<IncidentStep.Refused>();

        IncidentDetail detail = (await controller.Service<IncidentBoard>().FindAsync(number, Token))!;
        detail.Timeline[^1].Actor.ShouldBe("Bert");
        detail.Timeline[^1].Text.ShouldBe("Resolved while the fault lasts: Waits for the customer");
        detail.Timeline.Select(e => e.Kind).ShouldBe(
        [
            TimelineEventKind.Detected,
            TimelineEventKind.Opened,
            TimelineEventKind.Acknowledged,
            TimelineEventKind.InterventionBegan,
            TimelineEventKind.Resolved,
        ]);
    }

    [Fact]
    public async Task An_incident_that_is_not_there_is_told_so()
    {
        await using RunningController controller = RunningController.Start(kind);
        (await controller.Service<IncidentWork>().AcknowledgeAsync(7, "Anna", Token)).ShouldBe(new IncidentStep.NotFound(7));
    }

    private static async Task<long> OpenAsync(RunningController controller)
    {
        using LinkedAgent agent = await LinkedAgent.ConnectAsync(controller, await controller.EnrolAsync("web-01"));
        await agent.DeliverAsync(agent.Report(1, TimeSpan.FromSeconds(1), Reports.Failed));
        return (await controller.Service<IncidentBoard>().ListAsync(false, null, Token)).Incidents.ShouldHaveSingleItem().Number;
    }

    public sealed class OnSqlite() : WorkTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : WorkTests(StoreKind.Postgres);
}
