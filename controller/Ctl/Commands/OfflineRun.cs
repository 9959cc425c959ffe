using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using Spectre.Console;

namespace HaiSoft.Ctl.Commands;

/// <summary>What a command works with that needs files alone: no controller, no profile, no network.</summary>
internal sealed record OfflineRun(Output Output, IAnsiConsole Console, ParseResult Given, TimeProvider Time)
{
    /// <summary>Has a command do its work.</summary>
    public static void Does(Command command, Action<OfflineRun> work) => command.SetAction(given =>
    {
        TextWriter writer = given.InvocationConfiguration.Output;
        work(new(new Output(given.GetValue(CtlOptions.Json), writer), Terminal.On(writer), given, TimeProvider.System));
        return (int)ExitCode.Done;
    });

    /// <summary>The instant by this machine's clock.</summary>
    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Prints a line for people.</summary>
    public void Say(string text) => Screen.Print(Console, Screen.Text(text));
}
