using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Storage;
using HaiSoft.Testing.Processes;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Recovery;

/// <summary>The real program's commands beside, or instead of, a running controller.</summary>
internal static class Verbs
{
    public static Task<ToolResult> RunAsync(TestStore store, string verb, params string[] arguments) => Tool.RunAsync(
        "dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "haisoft-controller.dll"), verb, .. arguments,
            .. store.Settings.Select(setting => $"--{setting.Key}={setting.Value}"),
        ],
        TestContext.Current.CancellationToken);

    /// <summary>Backs up.</summary>
    /// <returns>What it said.</returns>
    public static async Task<string> BackUpAsync(TestStore store, string to) => (await RunAsync(store, "backup", $"--to={to}")).Succeeded();

    /// <summary>Restores over what is there.</summary>
    /// <returns>What it said.</returns>
    public static async Task<string> RestoreAsync(TestStore store, string from) => (await RunAsync(store, "restore", $"--from={from}", "--replace")).Succeeded();

    /// <summary>Restores where that must be refused.</summary>
    /// <returns>What it said.</returns>
    public static async Task<string> RefusedAsync(TestStore store, string verb, params string[] arguments)
    {
        ToolResult result = await RunAsync(store, verb, arguments);
        result.ExitCode.ShouldBe((int)StartExitCode.DataFolder, result.Error);
        return result.Error;
    }
}
