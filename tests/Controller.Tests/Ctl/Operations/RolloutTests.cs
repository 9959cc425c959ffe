using System.Globalization;
using System.Text.Json;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl.Operations;

/// <summary>The same operation on several servers, in waves, by haisoftctl.</summary>
public abstract class RolloutTests(StoreKind kind)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_wave_follows_when_everything_of_the_one_before_has_succeeded_also_over_a_restart()
    {
        await using RolloutScene scene = await RolloutScene.SetAsync(kind, 5);
        JsonElement started = await scene.StartAsync("1,2");
        RolloutScene.Of(started, "servers").Select(server => server.GetProperty("wave").GetInt32()).ShouldBe([1, 2, 2, 3, 3]);

        CommandLine.Printed approved = await scene.ApproveAsync("emma");
        approved.Code.ShouldBe(0, approved.Error);
        approved.Output.ShouldContain("The same on these 5 servers: web-01, web-02, web-03, web-04, web-05");
        approved.Output.ShouldContain("Signed 5 orders");
        VerifiedOrder first = (await scene.OrdersAsync(scene.First))[0];
        await scene.HasHandedOverNothingAsync([.. scene.Servers.Skip(1)]);
        await scene.First.TellAsync(scene.First.Step(first.Id, 1, OrderState.Succeeded));
        await scene.RestartAsync();
        await scene.CarryOutAsync(OrderState.Succeeded, scene.Servers[1], scene.Servers[2]);
        await scene.CarryOutAsync(OrderState.Succeeded, scene.Servers[3], scene.Servers[4]);

        first.Content.ServerCount.ShouldBe(5);
        first.Content.Origin.ShouldBe(RequestOrigin.Technician);
        JsonElement finished = await scene.ShowAsync();
        RolloutScene.StateOf(finished).ShouldBe("finished");
        finished.GetProperty("rollout").GetProperty("succeeded_count").GetInt32().ShouldBe(5);
        RolloutScene.StoryOf(finished).ShouldBe(["start", "begin_wave", "begin_wave", "finish"]);
        (await scene.First.Ctl.RunAsync("rollout", "list")).Output.ShouldContain("succeeded on 5 of 5 servers");
        (await scene.First.Ctl.RunAsync("rollout", "cancel", "1", "--why", "late")).Code.ShouldBe(4);
        (await scene.Controller.Service<AuditVerification>().VerifyAsync(Stop)).ShouldBeOfType<AuditVerdict.Intact>();
    }

    [Fact]
    public async Task At_the_first_failure_it_is_held_and_resumed_without_what_failed()
    {
        await using RolloutScene scene = await RolloutScene.SetAsync(kind, 4);
        await scene.StartAsync("1,2");
        (await scene.ApproveAsync("emma")).Code.ShouldBe(0);
        await scene.CarryOutAsync(OrderState.Succeeded, scene.First);
        IReadOnlyList<VerifiedOrder> second = await scene.OrdersAsync(scene.Servers[1], scene.Servers[2]);

        await scene.Servers[1].TellAsync(scene.Servers[1].Step(second[0].Id, 1, OrderState.Failed));
        await scene.Servers[2].TellAsync(scene.Servers[2].Step(second[1].Id, 1, OrderState.Succeeded));

        CommandLine.Printed held = await scene.First.Ctl.RunAsync("rollout", "show", "1");
        held.Output.ShouldContain("on web-02: Failed");
        held.Output.ShouldContain("rollout resume 1");
        (await scene.First.Ctl.RunAsync("operation", "list")).Output.ShouldContain("Rollout 1 is held");
        await scene.HasHandedOverNothingAsync(scene.Servers[3]);
        (await scene.First.Ctl.RunAsync("rollout", "resume", "1", "--why", "web-02 alone had a full disk")).Code.ShouldBe(0);
        await scene.CarryOutAsync(OrderState.Succeeded, scene.Servers[3]);

        JsonElement finished = await scene.ShowAsync();
        RolloutScene.StateOf(finished).ShouldBe("finished");
        RolloutScene.OperationsOf(finished).ShouldBe(["succeeded", "failed", "succeeded", "succeeded"]);
        RolloutScene.StoryOf(finished).ShouldBe(["start", "begin_wave", "hold", "resume", "leave_out", "begin_wave", "finish"]);
        RolloutScene.Of(finished, "servers").Select(server => server.GetProperty("left_out").GetBoolean()).ShouldBe([false, true, false, false]);
        (await scene.First.Ctl.RunAsync("rollout", "resume", "1", "--why", "again")).Code.ShouldBe(4);
    }

    [Fact]
    public async Task Held_it_stays_held_over_a_restart_and_is_ended()
    {
        await using RolloutScene scene = await RolloutScene.SetAsync(kind, 3);
        await scene.StartAsync("1,2");
        (await scene.ApproveAsync("emma")).Code.ShouldBe(0);
        await scene.CarryOutAsync(OrderState.Unknown, scene.First);

        await scene.RestartAsync();

        RolloutScene.StateOf(await scene.ShowAsync()).ShouldBe("held");
        await scene.HasHandedOverNothingAsync(scene.Servers[1], scene.Servers[2]);
        (await scene.First.Ctl.RunAsync("rollout", "cancel", "1", "--why", "the package is bad")).Code.ShouldBe(0);
        JsonElement cancelled = await scene.ShowAsync();
        RolloutScene.StateOf(cancelled).ShouldBe("cancelled");
        RolloutScene.OperationsOf(cancelled).ShouldBe(["unknown", "cancelled", "cancelled"]);
        (await scene.First.Ctl.RunAsync("rollout", "resume", "1", "--why", "no")).Code.ShouldBe(4);
        (await scene.First.Ctl.RunAsync("rollout", "resume", "2", "--why", "no")).Code.ShouldBe(3);
    }

    [Fact]
    public async Task A_server_that_is_away_is_planned_and_signed_when_it_is_back_and_nothing_begins_after_the_window()
    {
        await using RolloutScene scene = await RolloutScene.SetAsync(kind, 2);
        await scene.Servers[1].DisconnectAsync();
        await scene.StartAwayAsync();

        CommandLine.Printed first = await scene.ApproveAsync("emma");
        first.Output.ShouldContain("1 servers have made no plan yet");
        await scene.CarryOutAsync(OrderState.Failed, scene.First);
        await scene.Servers[1].ConnectAsync();
        await scene.Controller.PassTimeAsync(scene.Servers[1].AnswerPlanAsync());
        await scene.UntilAsync(shown => RolloutScene.OperationsOf(shown)[1] == "awaiting_approval");
        (await scene.ApproveAsync("emma")).Output.ShouldContain("Signed 1 orders");
        await scene.HasHandedOverNothingAsync(scene.Servers[1]);
        scene.Controller.Time.Advance(RolloutScene.Window);
        JsonElement over = await scene.UntilAsync("window_over");

        RolloutScene.OperationsOf(over).ShouldBe(["failed", "expired"]);
        (await scene.First.Ctl.RunAsync("rollout", "resume", "1", "--why", "late")).Error.ShouldContain("only one that is held");
    }

    [Fact]
    public async Task A_server_without_a_plan_holds_it_one_with_nothing_to_do_does_not_and_a_service_that_is_down_does()
    {
        await using RolloutScene scene = await RolloutScene.SetAsync(kind, 3);
        JsonElement planned = await scene.StartAsync("1", new Dictionary<int, Func<OrderScene, Task>>
        {
            [1] = server => server.AnswerPlanAsync(edit: plan => plan.Changes.Clear()),
            [2] = server => server.AnswerPlanAsync(new PlanRefusal { Reason = PlanRefusalReason.NotFound, Detail = "no httpd\u001b[2J" }),
        });

        RolloutScene.StateOf(planned).ShouldBe("held");
        planned.GetProperty("rollout").GetProperty("held_because").GetString()!.ShouldContain("web-03 makes no such plan (NotFound)");
        (await scene.ApproveAsync("emma")).Output.ShouldContain("Signed 1 orders");
        await scene.HasHandedOverNothingAsync(scene.First);
        (await scene.First.Ctl.RunAsync("rollout", "resume", "1", "--why", "web-03 has none")).Output.ShouldContain("no httpd\\u001b[2J");
        VerifiedOrder order = (await scene.OrdersAsync(scene.First))[0];
        await scene.First.TellAsync(scene.First.Step(order.Id, 1, OrderState.Succeeded, step => step.Outcome = new()
        {
            Units = { new UnitOutcome { Unit = "httpd.service", RanBefore = true } },
        }));

        JsonElement held = await scene.ShowAsync();
        held.GetProperty("rollout").GetProperty("held_because").GetString()!.ShouldContain("httpd.service does not run");
        RolloutScene.Of(held, "servers").Select(server => server.GetProperty("left_out").GetBoolean()).ShouldBe([false, true, true]);
        (await scene.First.Ctl.RunAsync("rollout", "resume", "1", "--why", "it runs again")).Code.ShouldBe(0);
        RolloutScene.StateOf(await scene.ShowAsync()).ShouldBe("finished");
    }

    [Fact]
    public async Task For_eleven_servers_two_must_sign_what_is_routine()
    {
        await using RolloutScene scene = await RolloutScene.SetAsync(kind, 1);
        string file = Path.Combine(scene.Controller.Folder, "servers");
        string[] names = ["web-01", .. Enumerable.Range(2, 10).Select(number => string.Create(CultureInfo.InvariantCulture, $"shop-{number:00}"))];
        foreach (string name in names.Skip(1))
            await scene.Controller.AddServerAsync(name);
        await File.WriteAllLinesAsync(file, names, Stop);

        (await scene.First.Ctl.RunAsync("rollout", "new", "update", "httpd", "--servers-from", file)).Code.ShouldBe(0);
        await scene.Controller.PassTimeAsync(scene.First.AnswerPlanAsync());
        await scene.UntilAsync(shown => RolloutScene.OperationsOf(shown)[0] == "awaiting_approval");
        CommandLine.Printed first = await scene.ApproveAsync("emma");
        await scene.HasHandedOverNothingAsync(scene.First);
        CommandLine.Printed again = await scene.ApproveAsync("emma");
        (await scene.ApproveAsync("farid")).Code.ShouldBe(0);

        first.Output.ShouldContain("Each is one of 11 servers");
        first.Output.ShouldContain("1 of them want more signatures");
        again.Output.ShouldContain("Signed 0 orders");
        (await scene.OrdersAsync(scene.First))[0].Content.ServerCount.ShouldBe(11);
        RolloutScene.Of(await scene.ShowAsync(), "servers").Select(server => server.GetProperty("wave").GetInt32()).ShouldBe([1, .. Enumerable.Repeat(2, 10)]);
    }

    public sealed class OnSqlite() : RolloutTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : RolloutTests(StoreKind.Postgres);
}
