using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>servers</c>, and <c>server NAME|add|import</c>.</summary>
internal static class ServerCommands
{
    public static Command CreateList()
    {
        Command command = new("servers", "All servers with their health; the worst on top.");
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            ListServersResponse response = await run.Controller.Records.ListServersAsync(new ListServersRequest(), run.Soon(cancellationToken));
            run.Output.Write(
                [.. response.Servers.Select(Shaping.Of)],
                ShapesJson.Default.IReadOnlyListServerShape,
                () => Screen.Print(run.Console, ServerTable.Of(response.Servers, run.Console.Profile.Width)));
        });
        return command;
    }

    public static Command Create()
    {
        // A server may not be named like a verb, so the first word tells which is meant. Hidden, or the help of "add" would show it too.
        Argument<string> name = new("NAME") { Description = "The server to show.", Hidden = true };
        Command command = new("server", "Show one server (haisoftctl server NAME), or add and import servers.")
        {
            name,
            ServerAddCommand.Create(),
            ImportCommand.Create("servers", RecordKind.Servers, "name,customer,kind,rack,host,fee,from,backup_option"),
        };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            GetServerResponse response = await run.Controller.Records.GetServerAsync(
                new GetServerRequest { Name = run.Given.GetRequiredValue(name) }, run.Soon(cancellationToken));
            run.Output.Write(Shaping.Of(response), ShapesJson.Default.ServerDetailShape, () => ServerPage.Show(run.Console, response));
        });
        return command;
    }
}
