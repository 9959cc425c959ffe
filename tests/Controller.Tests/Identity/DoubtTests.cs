using Grpc.Core;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Ingest;
using HaiSoft.Protocol.Technician.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;
using TechniciansCommandLine = HaiSoft.Controller.Tests.Ctl.CommandLine;

namespace HaiSoft.Controller.Tests.Identity;

/// <summary>Copied machines and copied keys (DESIGN 4): both go on reporting, neither gets orders until a technician decides.</summary>
public abstract class DoubtTests(StoreKind kind) : IAsyncLifetime
{
    private const string OtherEpoch = "ffeeddccbbaa99887766554433221100";
    private readonly RunningController _controller = RunningController.Start(kind);
    private TestAgent _agent = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _agent = await _controller.EnrolAsync("web-01");

    public ValueTask DisposeAsync() => _controller.DisposeAsync();

    [Fact]
    public async Task A_superseded_certificate_used_again_is_an_incident_and_withholds_orders_while_both_report()
    {
        TestAgent renewed = await _agent.RenewAsync();
        using LinkedAgent original = await LinkedAgent.ConnectAsync(_controller, renewed, run: "a");
        (await OrdersMayBeSentAsync()).ShouldBeTrue();
        _controller.Time.StepWallClock(TimeSpan.FromMinutes(2));

        using LinkedAgent copy = await LinkedAgent.ConnectAsync(_controller, _agent, epoch: OtherEpoch, run: "b");
        await LookAsync();

        await original.DeliverAsync(original.Report(1, TimeSpan.Zero, Reports.Running));
        await copy.DeliverAsync(copy.Report(1, TimeSpan.Zero, Reports.Running));
        (await OrdersMayBeSentAsync()).ShouldBeFalse();
        (await OpenIncidentsAsync()).ShouldHaveSingleItem().Title.ShouldContain("identity is in doubt");
        (await AuditedAsync("agent.doubt")).ShouldHaveSingleItem().Detail.ShouldContain("superseded");
        Server shown = (await _controller.Records().GetServerAsync(new GetServerRequest { Name = "web-01" })).Server;
        shown.OrdersWithheld.ShouldContain("haisoftctl trust");
        shown.Warnings.ShouldContain(warning => warning.StartsWith("Identity in doubt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_machines_with_the_certificate_in_use_are_both_served_and_noticed_within_a_minute()
    {
        using LinkedAgent one = await LinkedAgent.ConnectAsync(_controller, _agent, run: "a");
        using LinkedAgent other = await LinkedAgent.ConnectAsync(_controller, _agent, epoch: OtherEpoch, run: "b");
        await LookAsync();
        (await OrdersMayBeSentAsync()).ShouldBeTrue("one of them may be half-open");

        _controller.Time.StepWallClock(TimeSpan.FromMinutes(1));
        await LookAsync();

        (await OrdersMayBeSentAsync()).ShouldBeFalse();
        await one.DeliverAsync(one.Report(1, TimeSpan.Zero, Reports.Running));
        await other.DeliverAsync(other.Report(1, TimeSpan.Zero, Reports.Running), other.Report(2, TimeSpan.Zero, Reports.Running));
        (await DurableAsync()).ShouldBe([(LinkedAgent.Epoch, 1), (OtherEpoch, 2)]);
    }

    [Fact]
    public async Task Twins_that_report_from_copies_of_one_spool_do_not_cut_each_other_for_ever()
    {
        using LinkedAgent first = await LinkedAgent.ConnectAsync(_controller, _agent, run: "a");
        using LinkedAgent second = await LinkedAgent.ConnectAsync(_controller, _agent, run: "b");
        second.Welcome!.BeginNewEpoch.ShouldBeFalse("the first may be half-open");
        (await first.EndAsync()).StatusCode.ShouldBe(StatusCode.Aborted);

        using LinkedAgent back = await LinkedAgent.ConnectAsync(_controller, _agent, run: "a");

        back.Welcome!.BeginNewEpoch.ShouldBeTrue();
        using LinkedAgent apart = await LinkedAgent.ConnectAsync(_controller, _agent, epoch: OtherEpoch, run: "a");
        await back.HalfCloseAsync();
        (await back.EndAsync()).StatusCode.ShouldBe(StatusCode.OK);
        await apart.DeliverAsync(apart.Report(1, TimeSpan.Zero, Reports.Running));
        await second.DeliverAsync(second.Report(1, TimeSpan.Zero, Reports.Running));
        _controller.Time.StepWallClock(TimeSpan.FromMinutes(1));
        await LookAsync();
        (await OrdersMayBeSentAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_boots_again_before_its_old_stream_is_found_dead_is_no_doubt()
    {
        using LinkedAgent halfOpen = await LinkedAgent.ConnectAsync(_controller, _agent, run: "a");
        using LinkedAgent booted = await LinkedAgent.ConnectAsync(_controller, _agent, run: "b");
        (await halfOpen.EndAsync()).StatusCode.ShouldBe(StatusCode.Aborted);
        using LinkedAgent again = await LinkedAgent.ConnectAsync(_controller, _agent, run: "b");
        again.Welcome!.BeginNewEpoch.ShouldBeFalse();

        _controller.Time.StepWallClock(TimeSpan.FromMinutes(2));
        await LookAsync();

        (await OrdersMayBeSentAsync()).ShouldBeTrue();
        (await OpenIncidentsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_technician_who_trusts_the_identity_ends_the_doubt_and_a_server_put_back_from_an_image_renews_again()
    {
        TestAgent renewed = await _agent.RenewAsync();
        (await LinkedAgent.ConnectAsync(_controller, renewed)).Dispose();
        _controller.Time.StepWallClock(TimeSpan.FromMinutes(2));
        using LinkedAgent putBack = await LinkedAgent.ConnectAsync(_controller, _agent, epoch: OtherEpoch);
        await LookAsync();
        await Should.ThrowAsync<RpcException>(_agent.RenewAsync);

        TechniciansCommandLine.Printed trusted = await new TechniciansCommandLine(_controller).RunAsync("trust", "--server", "web-01", "--reason", "image of this morning");
        await LookAsync();

        trusted.Code.ShouldBe(0);
        (await OrdersMayBeSentAsync()).ShouldBeTrue();
        (await OpenIncidentsAsync()).ShouldHaveSingleItem().RecoveredAt.ShouldNotBeNull();
        (await AuditedAsync("agent.trust")).ShouldHaveSingleItem().Detail.ShouldContain("image of this morning");
        CertifiedAgent.Of((await _agent.RenewAsync()).Certificate)!.Generation.ShouldBe(3);
    }

    [Fact]
    public async Task A_copy_that_is_still_there_after_the_decision_raises_the_alarm_again()
    {
        TestAgent renewed = await _agent.RenewAsync();
        (await LinkedAgent.ConnectAsync(_controller, renewed)).Dispose();
        _controller.Time.StepWallClock(TimeSpan.FromMinutes(2));
        (await LinkedAgent.ConnectAsync(_controller, _agent)).Dispose();
        await _controller.Records().TrustIdentityAsync(new TrustIdentityRequest { Server = "web-01", Reason = "gone, it was said" });

        (await LinkedAgent.ConnectAsync(_controller, renewed)).Dispose();
        _controller.Time.StepWallClock(TimeSpan.FromMinutes(2));
        (await LinkedAgent.ConnectAsync(_controller, _agent)).Dispose();

        (await OrdersMayBeSentAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task An_identity_beyond_doubt_is_nothing_to_decide_about()
    {
        TechniciansCommandLine.Printed printed = await new TechniciansCommandLine(_controller).RunAsync("trust", "--server", "web-01", "--reason", "just so");

        printed.Code.ShouldBe(4);
        printed.Error.ShouldContain("in no doubt");
    }

    private Task LookAsync() => _controller.Service<IEnumerable<IHostedService>>().OfType<IdentityWatch>().Single().LookAsync(Stop);

    private Task<bool> OrdersMayBeSentAsync() =>
        _controller.Service<OrderRight>().MayReceiveOrdersAsync(ServerId(), Stop);

    private string ServerId()
    {
        using ControllerDbContext db = _controller.Service<IDbContextFactory<ControllerDbContext>>().CreateDbContext();
        return db.Set<AgentRow>().Select(row => row.ServerId).Single();
    }

    private async Task<IReadOnlyList<IncidentView>> OpenIncidentsAsync() =>
        (await _controller.Service<IncidentBoard>().ListAsync(false, null, Stop)).Incidents;

    private async Task<AuditEntry[]> AuditedAsync(string action)
    {
        await using ControllerDbContext db = await _controller.Service<IDbContextFactory<ControllerDbContext>>().CreateDbContextAsync(Stop);
        return await db.Set<AuditEntry>().Where(entry => entry.Action == action).ToArrayAsync(Stop);
    }

    private async Task<(string Epoch, long Last)[]> DurableAsync()
    {
        await using ControllerDbContext db = await _controller.Service<IDbContextFactory<ControllerDbContext>>().CreateDbContextAsync(Stop);
        return [.. (await db.Database.SqlQuery<EpochRow>($"SELECT epoch AS \"Epoch\", last_durable_sequence AS \"Last\" FROM agent_epochs ORDER BY epoch").ToArrayAsync(Stop))
            .Select(row => (row.Epoch, row.Last))];
    }

    private sealed record EpochRow(string Epoch, long Last);

    public sealed class OnSqlite() : DoubtTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : DoubtTests(StoreKind.Postgres);
}
