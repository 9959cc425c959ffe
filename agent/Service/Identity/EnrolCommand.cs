using System.CommandLine;
using HaiSoft.Agent.Linux;

namespace HaiSoft.Agent.Identity;

/// <summary><c>haisoft-agent enroll</c>.</summary>
internal static class EnrolCommand
{
    public static Command Create(Option<string?> state)
    {
        Option<string> controller = new("--controller")
        {
            Description = "Where the controller serves agents: HOST or HOST:PORT (port 7443 by default).",
            Required = true,
            HelpName = "HOST:PORT",
        };
        Option<string> token = new("--token")
        {
            Description = "The one-time token that a technician made: haisoftctl enroll-token --server NAME.",
            Required = true,
            HelpName = "TOKEN",
        };
        Option<string> server = new("--server")
        {
            Description = "The server's name in the records. Given, a token for another server is refused.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "",
        };
        Command command = new("enroll", "Give this server its identity, by a one-time token. The service begins to report by itself within seconds.")
        {
            controller, token, server, state,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            arguments.GetValue(controller)!,
            arguments.GetValue(token)!,
            arguments.GetValue(server)!,
            StateFolder.Of(arguments.GetValue(state)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string controller, string tokenText, string server, StateFolder folder, CancellationToken cancellationToken)
    {
        if (ControllerAddress.Parse(controller) is not { } address)
        {
            return Fail(ExitCodes.Usage, $"--controller '{controller}' is no address: give HOST or HOST:PORT.");
        }

        if (EnrolmentToken.Parse(tokenText) is not { } token)
        {
            return Fail(ExitCodes.Usage, "The token is not whole: copy all of it, from 'hse1.' to its end.");
        }

        try
        {
            folder.Prepare();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Fail(ExitCodes.Failed, $"The state folder {folder.Path} cannot be written: {error.Message}. Run this as root, or name another folder with --state. The token is not used.");
        }

        Enrolment enrolment = new(new IdentityStore(folder.Path), FileRoots.System, TimeProvider.System);
        switch (await enrolment.EnrolAsync(address, token, server, cancellationToken))
        {
            case Enrolment.Outcome.Done { Identity: var identity, Warning: var warning }:
                await Console.Out.WriteLineAsync($"Enrolled as server '{identity.ServerName}' (agent {identity.AgentId}) at {identity.Controller}.");
                if (warning is not null)
                {
                    await Console.Error.WriteLineAsync("Warning: " + warning);
                }

                return ExitCodes.Ok;
            case Enrolment.Outcome.Failed { Reason: var reason }:
                return Fail(ExitCodes.Failed, "Not enrolled. " + reason);
            default:
                return ExitCodes.Failed;
        }
    }

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}
