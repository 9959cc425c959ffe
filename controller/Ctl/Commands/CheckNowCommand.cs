using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>checks now</c>.</summary>
internal static class CheckNowCommand
{
    public static Command Create()
    {
        Option<string> server = new("--server") { Description = "The server.", Required = true, HelpName = "NAME" };
        Argument<string> service = new("SERVICE")
        {
            Description = "A service that its agent checks, as the server's page names it: mariadb, tcp:3306.",
        };
        Command command = new("now", "Check a service at once, without waiting for the next round.") { server, service };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            CheckServiceResponse seen = await run.Controller.Records.CheckServiceAsync(
                new CheckServiceRequest { Server = run.Given.GetRequiredValue(server), Service = run.Given.GetRequiredValue(service) },
                run.Soon(cancellationToken));
            run.Output.Write(
                new CheckedShape(seen.Service, Words.Of(seen.Health), seen.Reason),
                ShapesJson.Default.CheckedShape,
                () => Screen.Print(run.Console, Screen.Text($"{Words.Of(seen.Health)}: {seen.Reason}")));
        });
        return command;
    }
}
