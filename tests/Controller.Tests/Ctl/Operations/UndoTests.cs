using System.Text.Json;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl.Operations;

/// <summary>Operations that undo others, by haisoftctl.</summary>
public abstract class UndoTests(StoreKind kind) : IAsyncLifetime
{
    private OrderScene _scene = null!;

    private CommandLine Ctl => _scene.Ctl;

    public async ValueTask InitializeAsync() => _scene = await OrderScene.SetAsync(kind);

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task What_was_carried_out_is_undone_by_an_operation_of_its_own_and_both_tell_of_each_other()
    {
        (string number, string order) = await CarriedOutAsync();

        string undo = NumberOf(await _scene.UndoAsync(number));
        (await _scene.ApproveAsync(undo, "emma")).Output.ShouldContain("1 more must sign");
        (await _scene.ApproveAsync(undo, "farid")).Code.ShouldBe(0);
        VerifiedOrder sent = await _scene.OrderAsync();
        await _scene.TellAsync(_scene.Step(sent.Id, 1, OrderState.Succeeded, InPlace));

        Convert.ToHexStringLower(sent.Content.Undo.OrderId.Span).ShouldBe(order);
        sent.Content.Origin.ShouldBe(RequestOrigin.Technician);
        (await _scene.ShowAsync(undo)).GetProperty("operation").GetProperty("undoes_operation_id").GetString().ShouldBe(number);
        JsonElement undone = await _scene.ShowAsync(number);
        undone.GetProperty("operation").GetProperty("undone_by").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe(undo);
        undone.GetProperty("operation").GetProperty("state").GetString().ShouldBe("succeeded");
        (await _scene.StoryAsync(number))[^1].ShouldBe("undo");
        (await Ctl.RunAsync("operation", "show", number)).Output.ShouldContain($"operation {undo}, succeeded");
        (await Ctl.RunAsync("operation", "show", undo)).Output.ShouldContain($"operation {number}");
    }

    [Fact]
    public async Task It_is_undone_once_at_a_time_and_again_when_that_came_to_nothing()
    {
        (string number, _) = await CarriedOutAsync();
        string first = NumberOf(await _scene.UndoAsync(number));

        CommandLine.Printed meanwhile = await Ctl.RunAsync("undo", number);
        (await Ctl.RunAsync("operation", "cancel", first, "--note", "not now")).Code.ShouldBe(0);
        string second = NumberOf(await _scene.UndoAsync(number));

        meanwhile.Code.ShouldBe(4);
        meanwhile.Error.ShouldContain($"operation {first} does");
        second.ShouldNotBe(first);
    }

    [Fact]
    public async Task What_is_not_in_place_is_not_undone_and_what_failed_and_is_can_be()
    {
        string unsent = await _scene.DraftAsync("update", "web-01", "httpd");
        (await Ctl.RunAsync("undo", unsent)).Error.ShouldContain("AwaitingApproval");
        (await Ctl.RunAsync("operation", "cancel", unsent, "--note", "not wanted")).Code.ShouldBe(0);
        (string half, _) = await CarriedOutAsync(OrderState.Failed, step => step.Outcome = Outcome(isDone: false));
        (string whole, _) = await CarriedOutAsync(OrderState.Failed, InPlace);

        CommandLine.Printed refused = await Ctl.RunAsync("undo", half);

        refused.Code.ShouldBe(4);
        refused.Error.ShouldContain("not everything of it");
        NumberOf(await _scene.UndoAsync(whole)).ShouldNotBeEmpty();
        (await Ctl.RunAsync("undo", "77")).Code.ShouldBe(3);
    }

    [Fact]
    public async Task What_its_server_could_not_keep_is_said_before_anybody_approves_and_not_undone()
    {
        _scene.KeepsOld = false;
        string number = await _scene.DraftAsync("update", "web-01", "httpd");
        CommandLine.Printed approved = await _scene.ApproveAsync(number, "emma");
        await _scene.TellAsync(_scene.Step((await _scene.OrderAsync()).Id, 1, OrderState.Succeeded, InPlace));

        CommandLine.Printed refused = await Ctl.RunAsync("undo", number);

        approved.Output.ShouldContain("CANNOT be undone: httpd 0:2.4.57-1");
        refused.Code.ShouldBe(4);
        refused.Error.ShouldContain("httpd 0:2.4.57-1");
    }

    [Fact]
    public async Task Why_its_server_makes_no_plan_is_told()
    {
        (string number, _) = await CarriedOutAsync();

        Task<CommandLine.Printed> undoing = Ctl.RunAsync("undo", number);
        PlanRequest asked = await _scene.AnswerPlanAsync(new PlanRefusal { Reason = PlanRefusalReason.UndoMovedOn, Detail = "httpd is 2.4.63 now" });

        asked.Undo.OrderId.Length.ShouldBe(16);
        (await undoing).Code.ShouldBe(4);
        (await undoing).Error.ShouldContain("httpd is 2.4.63 now");
        (await _scene.ShowAsync(number)).GetProperty("operation").GetProperty("undone_by").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task It_belongs_to_the_request_while_that_is_worked_on_and_the_customer_is_asked_again()
    {
        await Ctl.RunAsync("request", "add", "install", "--server", "web-01", "--package", "httpd");
        string number = await _scene.DraftAsync("install", "web-01", "httpd", "--request", "1");
        string plan = (await _scene.ShowAsync(number)).GetProperty("operation").GetProperty("plan_sha256").GetString()!;
        OperationActor paul = new("person:paul", "person:paul", OperationParty.Customer);
        (await _scene.Controller.Service<OperationWork>().ConsentAsync(
            long.Parse(number, System.Globalization.CultureInfo.InvariantCulture), plan, paul, TestContext.Current.CancellationToken)).ShouldBeOfType<OperationOutcome.Done>();
        (await _scene.ApproveAsync(number, "emma")).Code.ShouldBe(0);
        await _scene.TellAsync(_scene.Step((await _scene.OrderAsync()).Id, 1, OrderState.Succeeded, InPlace));

        string undo = NumberOf(await _scene.UndoAsync(number));

        JsonElement shown = (await _scene.ShowAsync(undo)).GetProperty("operation");
        shown.GetProperty("request_id").GetString().ShouldBe("1");
        shown.GetProperty("consent_missing").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Which_operation_is_undone_is_never_changed()
    {
        (string number, _) = await CarriedOutAsync();
        await _scene.UndoAsync(number);

        await Should.ThrowAsync<Exception>(() => _scene.Controller.RunSqlAsync("UPDATE operations SET undoes_number = NULL"));
    }

    private static void InPlace(OrderStep step) => step.Outcome = Outcome(isDone: true);

    private static OrderOutcome Outcome(bool isDone) => new()
    {
        Packages = { new PackageOutcome { Name = "httpd", Architecture = "x86_64", InstalledVersions = { "0:2.4.62-1" }, Done = isDone } },
    };

    private static string NumberOf(CommandLine.Printed drafted)
    {
        drafted.Code.ShouldBe(0, drafted.Error);
        return drafted.Json.GetProperty("operation").GetProperty("operation_id").GetString()!;
    }

    private async Task<(string Number, string Order)> CarriedOutAsync(OrderState end = OrderState.Succeeded, Action<OrderStep>? fill = null)
    {
        string number = await _scene.DraftAsync("update", "web-01", "httpd");
        (await _scene.ApproveAsync(number, "emma")).Code.ShouldBe(0);
        string order = (await _scene.OrderAsync()).Id;
        await _scene.TellAsync(_scene.Step(order, 1, end, fill ?? InPlace));
        return (number, order);
    }

    public sealed class OnSqlite() : UndoTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : UndoTests(StoreKind.Postgres);
}
