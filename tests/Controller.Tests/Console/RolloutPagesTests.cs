using System.Net;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Rollouts;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Console;

/// <summary>What technicians see of rollouts, and do about one that is held.</summary>
public sealed class RolloutPagesTests : IAsyncLifetime
{
    private readonly ConsoleHost _host = new();
    private long _rollout;

    public async ValueTask InitializeAsync()
    {
        var scene = new Scene(_host);
        await scene.RecordsAsync();
        _rollout = await new RolloutScene(_host).HeldAsync(await scene.IdOfAsync("web-01"), await scene.IdOfAsync("db-02"), await scene.IdOfAsync("host-09"));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_technician_sees_where_each_server_stands_and_why_it_is_held()
    {
        using var alice = await _host.TechnicianAsync();

        var list = await alice.GetAsync("/rollouts");
        var one = await alice.GetAsync($"/rollouts/{_rollout}");

        list.Words.ShouldContain("Update packages php-fpm");
        list.Words.ShouldContain("Held");
        one.Words.ShouldContain("Wave 2 of 3");
        one.Words.ShouldContain("Succeeded on 1 of 3 servers");
        one.Words.ShouldContain("operation 2 on db-02: Failed");
        one.Words.ShouldContain("Has made no plan yet");
        one.Text.ShouldContain("href=\"/operations/1\"");
        (await alice.GetAsync("/operations/1")).Text.ShouldContain($"href=\"/rollouts/{_rollout}\"");
        (await alice.GetAsync("/rollouts/999")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_technician_has_it_go_on_or_ends_it_and_says_why()
    {
        using var alice = await _host.TechnicianAsync();
        var page = await alice.GetAsync($"/rollouts/{_rollout}");

        var silent = await StepAsync(alice, page, "resume", " ");
        var resumed = await StepAsync(alice, page, "resume", "db-02 is another matter");
        var again = await StepAsync(alice, page, "resume", "once more");
        var cancelled = await StepAsync(alice, page, "cancel", "that will do");

        silent.Words.ShouldContain("Say why in a note");
        resumed.Location.ShouldBe($"/rollouts/{_rollout}");
        again.Words.ShouldContain("only one that is held is resumed");
        cancelled.Location.ShouldBe($"/rollouts/{_rollout}");
        var after = await alice.GetAsync($"/rollouts/{_rollout}");
        after.Words.ShouldContain("Failed Left out");
        after.Words.ShouldContain("db-02 is another matter");
        after.Text.ShouldNotContain("handler=Step");
        (await StepAsync(alice, page, "begin", "no")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var found = await _host.Get<RolloutBoard>().FindAsync(_rollout, TestContext.Current.CancellationToken);
        found.ShouldNotBeNull().Rollout.Row.State.ShouldBe(RolloutState.Cancelled);
    }

    private Task<Answer> StepAsync(Visitor alice, Answer page, string step, string why) =>
        alice.PostAsync(page, $"/rollouts/{_rollout}?handler=Step", ("step", step), ("why", why));
}
