using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl.Operations;

/// <summary>haisoftctl at a real terminal (that of <c>script</c>): it asks before it signs, and draws how far an operation is.</summary>
public sealed class TerminalTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private OrderScene _scene = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Tool.Find("script") is null, "script is not installed: ./build.sh setup installs it.");
        _scene = await OrderScene.SetAsync(StoreKind.Sqlite);
    }

    public ValueTask DisposeAsync() => _scene?.DisposeAsync() ?? default;

    [Fact]
    public async Task It_signs_what_was_shown_when_somebody_says_yes_and_nothing_else()
    {
        string number = await _scene.DraftAsync("update", "web-01", "httpd");
        string[] approve = ["approve", number, .. _scene.Holders.KeyOf("emma")];

        ToolResult hesitant = await Tool.RunAsync("script", At(approve), "y\n", Stop);
        string before = await _scene.StateAsync(number);
        ToolResult sure = await Tool.RunAsync("script", At(approve), "yes\n", Stop);

        hesitant.Output.ShouldContain("Sign this? Type yes: ");
        hesitant.Output.ShouldContain("Nothing was signed.");
        hesitant.ExitCode.ShouldBe(4);
        before.ShouldBe("awaiting_approval");
        sure.ExitCode.ShouldBe(0, sure.Output);
        sure.Output.ShouldContain("0:2.4.62-1");
        sure.Output.ShouldContain("All have signed who must");
        (await _scene.StateAsync(number)).ShouldNotBe(before);
    }

    [Fact]
    public async Task A_bar_shows_how_far_an_operation_is()
    {
        string number = await _scene.DraftAsync("update", "web-01", "httpd");
        (await _scene.ApproveAsync(number, "emma")).Code.ShouldBe(0);
        string order = (await _scene.OrderAsync()).Id;
        await _scene.TellAsync(_scene.Step(order, 1, OrderState.Running), _scene.Progress(order, 2, 1, 2));

        await using RunningProgram watch = RunningProgram.Start("script", At("operation", "watch", number), new Dictionary<string, string> { ["TERM"] = "xterm-256color" });
        string drawn = await watch.LineWithAsync("50%", Patience, Stop);
        await _scene.TellAsync(_scene.Progress(order, 3, 2, 2), _scene.Step(order, 4, OrderState.Succeeded));

        (await watch.Exited.WaitAsync(Patience, Stop)).ShouldBe(0, watch.Said());
        drawn.ShouldContain("httpd");
        watch.Said().ShouldContain("succeeded");
    }

    // script gives its command to a shell.
    private string[] At(params string[] command)
    {
        string[] whole = [BuiltProgram.In("controller/Ctl", "haisoftctl"), .. command, "--profile", _scene.Controller.ProfileFile];
        return ["--quiet", "--return", "--command", string.Join(' ', whole.Select(word => $"'{word}'")), "/dev/null"];
    }
}
