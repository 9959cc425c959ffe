using System.Text.Json;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl.Operations;

/// <summary>Operations whose outcome is unknown, ended by a technician with haisoftctl.</summary>
public abstract class SettleTests(StoreKind kind) : IAsyncLifetime
{
    private OrderScene _scene = null!;

    private CommandLine Ctl => _scene.Ctl;

    public async ValueTask InitializeAsync() => _scene = await OrderScene.SetAsync(kind);

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData("succeeded")]
    [InlineData("failed")]
    public async Task What_is_unknown_ends_as_a_technician_found_it(string found)
    {
        (string number, _) = await UnknownAsync();

        CommandLine.Printed settled = await Ctl.RunAsync("operation", "settle", number, "--as", found, "--why", "rpm -V and the service were looked at");

        settled.Code.ShouldBe(0, settled.Error);
        settled.Output.ShouldContain("as a technician found");
        settled.Output.ShouldContain("rpm -V and the service were looked at");
        JsonElement shown = await _scene.ShowAsync(number);
        shown.GetProperty("operation").GetProperty("state").GetString().ShouldBe(found);
        shown.GetProperty("operation").GetProperty("settled").GetBoolean().ShouldBeTrue();
        JsonElement last = shown.GetProperty("story").EnumerateArray().Last();
        last.GetProperty("step").GetString().ShouldBe($"settle_{found}");
        last.GetProperty("actor").GetString().ShouldNotBeNullOrEmpty();
        (await Ctl.RunAsync("operation", "list", "--review", "--json")).Json.GetArrayLength().ShouldBe(0);
        (await Ctl.RunAsync("server", "web-01")).Output.ShouldNotContain("ended as Unknown");
        (await _scene.Controller.Service<AuditVerification>().VerifyAsync(TestContext.Current.CancellationToken)).ShouldBeOfType<AuditVerdict.Intact>();
    }

    [Fact]
    public async Task In_any_other_state_it_is_refused_with_what_to_do()
    {
        string unsent = await _scene.DraftAsync("update", "web-01", "httpd");
        CommandLine.Printed early = await SettleAsync(unsent);
        (await _scene.ApproveAsync(unsent, "emma")).Code.ShouldBe(0);
        string order = (await _scene.OrderAsync()).Id;
        await _scene.TellAsync(_scene.Step(order, 1, OrderState.Running));
        CommandLine.Printed running = await SettleAsync(unsent);
        await _scene.TellAsync(_scene.Step(order, 2, OrderState.Succeeded));
        CommandLine.Printed ended = await SettleAsync(unsent);

        foreach ((CommandLine.Printed refused, string what) in new[] { (early, "haisoftctl operation cancel"), (running, "haisoftctl operation watch"), (ended, "haisoftctl operation new") })
        {
            refused.Code.ShouldBe(4);
            refused.Error.ShouldContain(what);
        }

        (await SettleAsync("77")).Code.ShouldBe(3);
        (await Ctl.RunAsync("operation", "settle", unsent, "--as", "unknown", "--why", "no")).Code.ShouldBe(2);
        (await _scene.StateAsync(unsent)).ShouldBe("succeeded");
    }

    [Fact]
    public async Task What_its_server_tells_afterwards_is_kept_shown_and_to_be_reviewed_and_changes_nothing()
    {
        (string number, string order) = await UnknownAsync();
        (await SettleAsync(number)).Code.ShouldBe(0);

        await _scene.TellAsync(_scene.Step(order, 3, OrderState.Reconciled, step => step.Detail = "the files were laid down again"));

        (await _scene.StateAsync(number)).ShouldBe("failed");
        (await _scene.StoryAsync(number))[^2..].ShouldBe(["settle_failed", "reconcile"]);
        CommandLine.Printed shown = await Ctl.RunAsync("operation", "show", number);
        shown.Output.ShouldContain("the files were laid down again");
        (await Ctl.RunAsync("server", "web-01")).Output.ShouldContain($"Operation {number}, which a technician settled as Failed, was told of afterwards as Reconciled");
        (await Ctl.RunAsync("operation", "list", "--review", "--json")).Json.GetArrayLength().ShouldBe(1);
        (await Ctl.RunAsync("operation", "review", number, "--note", "it was repaired after all")).Code.ShouldBe(0);
    }

    private Task<CommandLine.Printed> SettleAsync(string number) => Ctl.RunAsync("operation", "settle", number, "--as", "failed", "--why", "half of it is there");

    private async Task<(string Number, string Order)> UnknownAsync()
    {
        string number = await _scene.DraftAsync("update", "web-01", "httpd");
        (await _scene.ApproveAsync(number, "emma")).Code.ShouldBe(0);
        string order = (await _scene.OrderAsync()).Id;
        await _scene.TellAsync(_scene.Step(order, 1, OrderState.Running), _scene.Step(order, 2, OrderState.Unknown));
        (await _scene.StateAsync(number)).ShouldBe("unknown");
        return (number, order);
    }

    public sealed class OnSqlite() : SettleTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : SettleTests(StoreKind.Postgres);
}
