using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Protocol.Technician.V1;
using Fees = HaiSoft.Controller.Rules.Fees;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>server add NAME …</c>.</summary>
internal static class ServerAddCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The name that technicians use: web-01." };

    private static readonly Option<string> Customer = new("--customer")
    {
        Description = "The customer's name.",
        Required = true,
        HelpName = "C",
    };

    private static readonly Option<string> Kind = new("--kind")
    {
        Description = "A machine of the customer's own, or a guest.",
        Required = true,
        HelpName = "dedicated|virtual",
    };

    private static readonly Option<string> Rack = new("--rack")
    {
        Description = "Where a dedicated server stands: R12 or R12/U07.",
        HelpName = "R",
    };

    private static readonly Option<string> Host = new("--host")
    {
        Description = "The dedicated server that carries a virtual one.",
        HelpName = "H",
    };

    private static readonly Option<string> Fee = new("--fee")
    {
        Description = "EUR excluding VAT: 49.90/month or 499/year.",
        Required = true,
        HelpName = "FEE",
    };

    private static readonly Option<string> From = new("--from")
    {
        Description = "First day of service: 2026-11-22.",
        Required = true,
        HelpName = "DATE",
    };

    private static readonly Option<bool> Backup = new("--backup-option") { Description = "The customer subscribed the Backup option." };

    public static Command Create()
    {
        Command command = new("add", "Add a server to a customer.") { Name, Customer, Kind, Rack, Host, Fee, From, Backup };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            AddServerResponse response = await run.Controller.Records.AddServerAsync(
                new AddServerRequest { Record = RecordOf(run.Given) }, run.Soon(cancellationToken));
            run.Output.Write(
                [Shaping.Of(response.Server)],
                ShapesJson.Default.IReadOnlyListServerShape,
                () => Screen.Print(
                    run.Console,
                    Screen.Text($"Server '{response.Server.Record.Name}' added."),
                    Screen.Text($"Enrol its agent: haisoftctl enroll-token --server {response.Server.Record.Name}")));
        });
        return command;
    }

    private static ServerRecord RecordOf(ParseResult given)
    {
        string feeText = given.GetRequiredValue(Fee);
        Fees.Fee fee = Fees.Fee.Parse(feeText) ?? throw new CtlException(
            ExitCode.Usage, $"--fee '{feeText}' cannot be read: write it as 49.90/month or 499/year, in EUR excluding VAT.");
        return new ServerRecord
        {
            Name = given.GetRequiredValue(Name),
            Customer = given.GetRequiredValue(Customer),
            Kind = KindOf(given.GetRequiredValue(Kind)),
            Rack = given.GetValue(Rack) ?? "",
            Host = given.GetValue(Host) ?? "",
            Fee = new Euro { Cents = fee.Cents },
            FeePeriod = fee.Period == Fees.FeePeriod.Year ? FeePeriod.Year : FeePeriod.Month,
            FromDate = given.GetRequiredValue(From),
            BackupOption = given.GetValue(Backup),
        };
    }

    private static ServerKind KindOf(string text) => text switch
    {
        "dedicated" => ServerKind.Dedicated,
        "virtual" => ServerKind.Virtual,
        _ => throw new CtlException(ExitCode.Usage, $"--kind '{text}' is unknown: write dedicated or virtual."),
    };
}
