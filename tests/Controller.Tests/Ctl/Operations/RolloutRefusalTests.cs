using HaiSoft.Controller.Storage;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl.Operations;

/// <summary>Rollouts that are not started, and commands that cannot be.</summary>
public sealed class RolloutRefusalTests
{
    [Fact]
    public async Task What_cannot_be_started_is_refused_and_leaves_nothing()
    {
        await using RolloutScene scene = await RolloutScene.SetAsync(StoreKind.Sqlite, 1);
        CommandLine ctl = scene.First.Ctl;
        string[] start = ["rollout", "new", "update", "httpd", "--server", "web-01"];

        (await ctl.RunAsync(start)).Error.ShouldContain("two servers or more");
        (await ctl.RunAsync([.. start, "--server", "WEB-01"])).Error.ShouldContain("more than once");
        (await ctl.RunAsync([.. start, "--server", "web-02", "--server", "web-03"])).Error.ShouldContain("no server 'web-02', 'web-03'");
        await scene.Controller.AddServerAsync("web-02");
        (await ctl.RunAsync([.. start, "--server", "web-02", "--wave-sizes", "0"])).Error.ShouldContain("A wave has");
        (await ctl.RunAsync([.. start, "--server", "web-02", "--wave-sizes", "many"])).Code.ShouldBe(2);
        (await ctl.RunAsync([.. start, "--servers-from", "/nowhere"])).Code.ShouldBe(2);
        (await ctl.RunAsync([.. start, "--server", "web-02", "--request", "9"])).Code.ShouldBe(3);
        (await ctl.RunAsync("rollout", "list", "--json")).Json.GetArrayLength().ShouldBe(0);
        (await ctl.RunAsync("rollout", "show", "1")).Code.ShouldBe(3);
        (await ctl.RunAsync("approve", "--key", "none")).Code.ShouldBe(2);
        (await ctl.RunAsync("approve", "1", "--rollout", "1", "--key", "none")).Code.ShouldBe(2);
    }
}
