using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>checks list|add|remove|interval|now</c>.</summary>
internal static class CheckCommands
{
    public static Command Create() =>
        new("checks", "What a server's agent checks besides what it finds itself.") { List(), Add(), Remove(), Interval(), CheckNowCommand.Create() };

    private static Option<string> Server() => new("--server") { Description = "The server.", Required = true, HelpName = "NAME" };

    private static Command List()
    {
        Option<string> server = Server();
        Command command = new("list", "The services that technicians added.") { server };
        CtlRun.Does(command, (run, cancellationToken) =>
            SetAsync(run, new SetServerChecksRequest { Server = run.Given.GetRequiredValue(server) }, cancellationToken));
        return command;
    }

    private static Command Add()
    {
        Option<string> server = Server();
        Option<string> role = new("--role")
        {
            Description = "web, database, mail, dns, ftp, ssh, plesk, storage or other (default).",
            HelpName = "ROLE",
        };
        Argument<string> check = new("CHECK")
        {
            Description = "systemd:mariadb.service, tcp:3306, or the URL of a site on the server itself: https://shop.example/.",
        };
        Command command = new("add", "Check one more service.") { server, check, role };
        CtlRun.Does(command, (run, cancellationToken) => SetAsync(
            run,
            new SetServerChecksRequest
            {
                Server = run.Given.GetRequiredValue(server),
                Add = { ServiceText.Parse(run.Given.GetRequiredValue(check), run.Given.GetValue(role) ?? "other") },
            },
            cancellationToken));
        return command;
    }

    private static Command Remove()
    {
        Option<string> server = Server();
        Argument<string> id = new("SERVICE") { Description = "The id of an added service: tcp:3306." };
        Command command = new("remove", "Stop checking a service that was added.") { server, id };
        CtlRun.Does(command, (run, cancellationToken) => SetAsync(
            run,
            new SetServerChecksRequest { Server = run.Given.GetRequiredValue(server), Remove = { run.Given.GetRequiredValue(id) } },
            cancellationToken));
        return command;
    }

    private static Command Interval()
    {
        Option<string> server = Server();
        Argument<int> minutes = new("MINUTES") { Description = "1 to 15." };
        Command command = new("interval", "Set how often main services are checked.") { server, minutes };
        CtlRun.Does(command, (run, cancellationToken) => SetAsync(
            run,
            new SetServerChecksRequest
            {
                Server = run.Given.GetRequiredValue(server),
                ServiceInterval = Duration.FromTimeSpan(TimeSpan.FromMinutes(run.Given.GetValue(minutes))),
            },
            cancellationToken));
        return command;
    }

    private static async Task SetAsync(CtlRun run, SetServerChecksRequest request, CancellationToken cancellationToken)
    {
        SetServerChecksResponse response = await run.Controller.Records.SetServerChecksAsync(request, run.Soon(cancellationToken));
        run.Output.Write(Shaping.Of(response), ShapesJson.Default.ChecksShape, () => Show(run, response));
    }

    private static void Show(CtlRun run, SetServerChecksResponse response)
    {
        Screen.Print(run.Console, Screen.Text(
            string.Create(CultureInfo.InvariantCulture, $"Added services (version {response.ConfigurationVersion}):")));
        if (response.Services.Count == 0)
            Screen.Print(run.Console, Screen.Text("  none"));
        foreach (ServiceDefinition service in response.Services)
            Screen.Print(run.Console, Screen.Text($"  {service.ServiceId}"));
    }
}
