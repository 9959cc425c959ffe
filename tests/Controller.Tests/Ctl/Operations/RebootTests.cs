using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl.Operations;

/// <summary>A reboot after an operation: signed with it, told, and no reason to miss the server while it lasts.</summary>
public abstract class RebootTests(StoreKind kind) : IAsyncLifetime
{
    private OrderScene _scene = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scene = await OrderScene.SetAsync(kind);

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData("never", RebootPolicy.Unspecified, "the server does not reboot afterwards")]
    [InlineData("if-needed", RebootPolicy.IfNeeded, "the server REBOOTS afterwards if the plan says that it is needed")]
    [InlineData("always", RebootPolicy.Always, "the server REBOOTS afterwards, once")]
    public async Task Approvers_see_and_sign_what_was_asked_for(string given, RebootPolicy policy, string words)
    {
        string number = await _scene.DraftAsync("update", "web-01", "httpd", "--reboot", given);

        CommandLine.Printed approved = await _scene.ApproveAsync(number, "emma");

        approved.Code.ShouldBe(0, approved.Error);
        approved.Output.ShouldContain(words);
        (await _scene.OrderAsync()).Content.Reboot.ShouldBe(policy);
        (await _scene.Ctl.RunAsync("operation", "show", number)).Output.ShouldContain(words);
    }

    [Fact]
    public async Task Where_the_catalogue_lets_none_follow_nothing_is_drafted()
    {
        CommandLine.Printed drafted = await _scene.AskAsync("install", "web-01", "httpd", "--reboot", "if-needed");

        drafted.Code.ShouldBe(4);
        drafted.Error.ShouldContain("lets no reboot follow");
        (await _scene.Ctl.RunAsync("operation", "new", "update", "web-01", "httpd", "--reboot", "twice")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_server_that_reboots_by_an_order_is_not_missed_for_a_quarter_of_an_hour()
    {
        string number = await _scene.DraftAsync("update", "web-01", "httpd", "--reboot", "always");
        await _scene.ApproveAsync(number, "emma");
        VerifiedOrder order = await _scene.OrderAsync();
        await _scene.TellAsync(_scene.Step(order.Id, 1, OrderState.Running), _scene.Step(order.Id, 2, OrderState.Rebooting));
        (await _scene.StateAsync(number)).ShouldBe("rebooting");
        await _scene.DisconnectAsync();
        await UntilMissedAsync();

        (await IncidentsAfterAsync(TimeSpan.FromMinutes(14))).ShouldBe(0);
        (await IncidentsAfterAsync(TimeSpan.FromMinutes(2))).ShouldBe(1);
        await _scene.ConnectAsync();
        await _scene.TellAsync(_scene.Step(order.Id, 3, OrderState.Succeeded, step => step.Detail = "Rebooted 2026-11-22 14:00:00Z, back 2026-11-22 14:16:00Z."));

        (await _scene.StateAsync(number)).ShouldBe("succeeded");
        (await _scene.StoryAsync(number))[^3..].ShouldBe(["run", "reboot", "succeed"]);
        (await _scene.Ctl.RunAsync("operation", "show", number)).Output.ShouldContain("back 2026-11-22");
    }

    private async Task UntilMissedAsync()
    {
        ServerObservations observations = _scene.Controller.Service<ServerObservations>();
        while ((await observations.ConnectionsAsync(only: null, Stop)).Values.Single().DisconnectedAt is null)
            await Task.Yield();
    }

    private async Task<int> IncidentsAfterAsync(TimeSpan time)
    {
        _scene.Controller.Time.Advance(time);
        await _scene.Controller.Service<IEnumerable<IHostedService>>().OfType<AgentWatch>().Single().LookAsync(Stop);
        return (await _scene.Controller.Service<IncidentBoard>().ListAsync(false, null, Stop)).Incidents.Count;
    }

    public sealed class OnSqlite() : RebootTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : RebootTests(StoreKind.Postgres);
}
