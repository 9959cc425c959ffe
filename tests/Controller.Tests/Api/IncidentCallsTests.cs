using Grpc.Core;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Rules.Sla;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Protocol.Technician.V1;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using IncidentKind = HaiSoft.Controller.Incidents.IncidentKind;
using IncidentState = HaiSoft.Controller.Incidents.IncidentState;
using Wire = HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Controller.Tests.Api;

public abstract class IncidentCallsTests(StoreKind kind) : IAsyncLifetime
{
    private readonly RunningController _controller = RunningController.Start(kind);
    private IncidentService.IncidentServiceClient _incidents = null!;

    public async ValueTask InitializeAsync()
    {
        await _controller.AddServerAsync("web-01");
        string serverId = (await _controller.Service<Servers>().FindIdAsync("web-01", CancellationToken.None))!;
        await _controller.Service<WriteGate>().WriteAsync(
            async (session, token) =>
            {
                session.Db.Add(new IncidentRow
                {
                    IncidentNumber = 1042,
                    ServerId = serverId,
                    CorrelationKey = "service:systemd:mariadb.service",
                    Kind = IncidentKind.Service,
                    State = IncidentState.Detected,
                    Title = "mariadb.service is down",
                    ReplacementPromised = false,
                    DetectedTime = session.Now,
                    OpenedTime = session.Now,
                });
                await session.Db.SaveChangesAsync(token);
                await IncidentTimeline.AddAsync(
                    session, 1042, TimelineEventKind.Detected, session.Now, "agent", "mariadb.service is down", [], token);
            },
            CancellationToken.None);
        _incidents = new(_controller.Technician());
    }

    public ValueTask DisposeAsync() => _controller.DisposeAsync();

    [Fact]
    public async Task A_technicians_steps_move_the_incident_and_bear_the_technicians_name()
    {
        Incident seen = (await _incidents.AcknowledgeIncidentAsync(new() { IncidentId = "1042" })).Incident;
        Incident begun = (await _incidents.BeginInterventionAsync(new() { IncidentId = "1042" })).Incident;
        Incident done = (await _incidents.ResolveIncidentAsync(new() { IncidentId = "1042", Note = "restarted" })).Incident;

        (seen.State, begun.State, done.State).ShouldBe(
            (Wire.IncidentState.Acknowledged, Wire.IncidentState.Intervention, Wire.IncidentState.Resolved));
        (seen.Technician, seen.Place, seen.Customer).ShouldBe(("technician", "R12/U07", "Boulangerie Martin"));
        begun.Clocks.Single().State.ShouldBe(ClockState.Met);
        (await _incidents.ListIncidentsAsync(new())).Incidents.ShouldBeEmpty();
        (await _incidents.ListIncidentsAsync(new() { IncludeResolved = true })).Incidents.Single().IncidentId.ShouldBe("1042");
    }

    [Fact]
    public async Task A_step_that_the_state_does_not_allow_is_a_failed_precondition_that_says_why()
    {
        RpcException part = await RefusalAsync(() => _incidents.RecordReplacementAsync(new() { IncidentId = "1042" }).ResponseAsync);
        RpcException note = await RefusalAsync(() => _incidents.ResolveIncidentAsync(new() { IncidentId = "1042" }).ResponseAsync);

        (part.StatusCode, note.StatusCode).ShouldBe((StatusCode.FailedPrecondition, StatusCode.FailedPrecondition));
        part.Status.Detail.ShouldContain("not about a part");
        note.Status.Detail.ShouldContain("note");
    }

    [Theory]
    [InlineData("7")]
    [InlineData("-1")]
    [InlineData("mariadb")]
    [InlineData("")]
    public async Task An_incident_that_is_not_there_is_not_found(string id) =>
        (await RefusalAsync(() => _incidents.GetIncidentAsync(new() { IncidentId = id }).ResponseAsync)).StatusCode.ShouldBe(StatusCode.NotFound);

    [Fact]
    public async Task Whoever_watches_is_told_of_every_step_from_the_headers_on()
    {
        using AsyncServerStreamingCall<WatchIncidentsResponse> watch = _incidents.WatchIncidents(new());
        await watch.ResponseHeadersAsync;

        await _incidents.AcknowledgeIncidentAsync(new() { IncidentId = "1042" });

        (await watch.ResponseStream.MoveNext(CancellationToken.None)).ShouldBeTrue();
        watch.ResponseStream.Current.Incident.State.ShouldBe(Wire.IncidentState.Acknowledged);
    }

    [Fact]
    public async Task Every_call_that_changes_something_is_in_the_audit()
    {
        await _incidents.AcknowledgeIncidentAsync(new() { IncidentId = "1042" });
        await TestAgent.EnrolAsync(_controller, await _controller.TokenForAsync("web-01"));
        await _controller.Records().RevokeIdentityAsync(new() { Server = "web-01", Reason = "sold" });
        SetServerChecksRequest checks = new() { Server = "web-01", ServiceInterval = new() { Seconds = 120 } };
        await _controller.Records().SetServerChecksAsync(checks);

        await using ControllerDbContext db = await _controller.Service<IDbContextFactory<ControllerDbContext>>().CreateDbContextAsync();
        AuditEntry[] entries = await db.Set<AuditEntry>().ToArrayAsync();

        entries.Where(entry => entry.Actor == "technician").Select(entry => entry.Action).ShouldBe(
            ["customer.add", "server.add", "incident.Acknowledged", "enrolment-token.make", "agent.enrol", "agent.revoke", "server.set-checks"]);
        (await _controller.Service<AuditVerification>().VerifyAsync(CancellationToken.None)).ShouldBeOfType<AuditVerdict.Intact>();
    }

    private static Task<RpcException> RefusalAsync(Func<Task> call) => Should.ThrowAsync<RpcException>(call);

    public sealed class OnSqlite() : IncidentCallsTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : IncidentCallsTests(StoreKind.Postgres);
}
