using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;

namespace HaiSoft.Ctl.Commands;

/// <summary>The whole command line.</summary>
internal static class CtlRoot
{
    private const string Description = """
        The technician's command line of HaiSoft's controller.

        Sign in: copy haisoftctl.json from the controller's data folder to ~/.config/haisoft/ctl.json (mode 0600), or name it with --profile FILE or HAISOFT_PROFILE.

        Exit codes: 0 done; 1 unforeseen fault; 2 not usable as given; 3 not found; 4 refused (the name is taken, the state does not allow it, or signatures are not what they must be); 5 controller unreachable or not trusted; 6 not signed in.
        """;

    public static RootCommand Create()
    {
        RootCommand root = new(Description)
        {
            CtlOptions.Profile,
            CtlOptions.Json,
            IncidentCommands.CreateList(),
            IncidentCommands.CreateShow(),
        };
        foreach (Command step in IncidentStepCommands.CreateAll())
            root.Add(step);
        root.Add(ServerCommands.CreateList());
        root.Add(ServerCommands.Create());
        root.Add(CustomerCommands.Create());
        root.Add(PersonCommands.Create());
        root.Add(RequestCommands.Create());
        root.Add(QuoteCommands.Create());
        root.Add(IdentityCommands.CreateToken());
        root.Add(IdentityCommands.CreateRevoke());
        root.Add(IdentityCommands.CreateTrust());
        root.Add(CheckCommands.Create());
        root.Add(KeyCommands.Create());
        root.Add(RootCommands.Create());
        root.Add(CatalogueCommands.Create());
        root.Add(PlanCommands.Create());
        root.Add(OrderCommands.Create());
        root.Add(OperationCommands.Create());
        root.Add(RolloutCommands.Create());
        root.Add(ApproveCommand.Create());
        root.Add(UndoCommand.Create());
        return root;
    }

    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        ParseResult parsed = Create().Parse(args);
        InvocationConfiguration invocation = new() { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        try
        {
            return parsed.Errors.Count > 0
                ? throw new CtlException(ExitCode.Usage, WhatIsWrong(parsed))
                : await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (CtlException e)
        {
            return await TellAsync(parsed, error, e.ExitCode, e.Message);
        }
        catch (OperationCanceledException)
        {
            return (int)ExitCode.Done;
        }
    }

    private static string WhatIsWrong(ParseResult parsed) => string.Join(
        '\n', [.. parsed.Errors.Select(error => error.Message), $"See haisoftctl {PathOf(parsed.CommandResult)}--help."]);

    private static string PathOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent)}{command.Command.Name} " : "";

    private static async Task<int> TellAsync(ParseResult parsed, TextWriter error, ExitCode code, string message)
    {
        string line = parsed.GetValue(CtlOptions.Json)
            ? JsonSerializer.Serialize(new ErrorShape((int)code, message), ShapesJson.Default.ErrorShape)
            : "haisoftctl: " + string.Join("\n  ", message.Split('\n').Select(Words.Visible));
        await error.WriteLineAsync(line);
        return (int)code;
    }
}
