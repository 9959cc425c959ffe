using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>enroll-token</c>, <c>revoke</c> and <c>trust</c>.</summary>
internal static class IdentityCommands
{
    public static Command CreateToken()
    {
        Option<string> server = new("--server") { Description = "The server that is to be enrolled.", Required = true, HelpName = "NAME" };
        Command command = new("enroll-token", "Make a one-time token by which a server's agent enrols; it is worth ten minutes.") { server };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            string name = run.Given.GetRequiredValue(server);
            CreateEnrolmentTokenResponse response = await run.Controller.Records.CreateEnrolmentTokenAsync(
                new CreateEnrolmentTokenRequest { Server = name }, run.Soon(cancellationToken));
            run.Output.Write(
                new TokenShape(name, response.Token, Words.Of(response.ExpiryTime), response.ControllerAddress),
                ShapesJson.Default.TokenShape,
                () => Show(run.Given.InvocationConfiguration.Output, name, response));
        });
        return command;
    }

    public static Command CreateRevoke()
    {
        Option<string> server = new("--server")
        {
            Description = "The server whose agent is not to be heard any more.",
            Required = true,
            HelpName = "NAME",
        };
        Option<string> reason = new("--reason") { Description = "Why; kept in the audit.", Required = true, HelpName = "TEXT" };
        Command command = new("revoke", "Revoke the identity of a server's agent, for good, and cut its stream.") { server, reason };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            string name = run.Given.GetRequiredValue(server);
            RevokeIdentityResponse response = await run.Controller.Records.RevokeIdentityAsync(
                new RevokeIdentityRequest { Server = name, Reason = run.Given.GetRequiredValue(reason) }, run.Soon(cancellationToken));
            run.Output.Write(
                new RevokedShape(name, response.StreamCut),
                ShapesJson.Default.RevokedShape,
                () => Screen.Print(
                    run.Console,
                    Screen.Text($"The identity of '{name}' is revoked{(response.StreamCut ? " and its stream was cut" : "; no stream was open")}.")));
        });
        return command;
    }

    public static Command CreateTrust()
    {
        Option<string> server = new("--server") { Description = "The server whose identity is in doubt.", Required = true, HelpName = "NAME" };
        Option<string> reason = new("--reason") { Description = "What you found out; kept in the audit.", Required = true, HelpName = "TEXT" };
        Command command = new(
            "trust", "End the doubt about a server's identity, once one machine alone uses it. Otherwise: revoke, and enrol again.") { server, reason };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            string name = run.Given.GetRequiredValue(server);
            await run.Controller.Records.TrustIdentityAsync(
                new TrustIdentityRequest { Server = name, Reason = run.Given.GetRequiredValue(reason) }, run.Soon(cancellationToken));
            run.Output.Write(
                new TrustedShape(name),
                ShapesJson.Default.TrustedShape,
                () => Screen.Print(run.Console, Screen.Text($"The identity of '{name}' is trusted again; should a copy still use it, the alarm comes back.")));
        });
        return command;
    }

    // Not laid out: a command that is broken into lines cannot be copied.
    private static void Show(TextWriter plain, string name, CreateEnrolmentTokenResponse response)
    {
        plain.WriteLine($"On {Words.Visible(name)}, before {Screen.Instant(Words.Of(response.ExpiryTime))}, as root:");
        plain.WriteLine();
        plain.WriteLine($"  haisoft-agent enroll --controller {response.ControllerAddress} --token {response.Token}");
    }
}
