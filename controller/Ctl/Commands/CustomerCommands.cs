using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>customer add|list|import</c>.</summary>
internal static class CustomerCommands
{
    public static Command Create() =>
        new("customer", "Customers: add, list, import.") { Add(), List(), ImportCommand.Create("customers", RecordKind.Customers, "name,email") };

    private static Command Add()
    {
        Argument<string> name = new("NAME") { Description = "The customer's name; unique." };
        Option<string> email = new("--email") { Description = "For tickets and notices.", Required = true, HelpName = "E" };
        Command command = new("add", "Add a customer.") { name, email };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            AddCustomerResponse response = await run.Controller.Records.AddCustomerAsync(
                new AddCustomerRequest { Name = run.Given.GetRequiredValue(name), Email = run.Given.GetRequiredValue(email) },
                run.Soon(cancellationToken));
            run.Output.Write(
                [Shaping.Of(response.Customer)],
                ShapesJson.Default.IReadOnlyListCustomerShape,
                () => Screen.Print(run.Console, Screen.Text($"Customer '{response.Customer.Name}' added.")));
        });
        return command;
    }

    private static Command List()
    {
        Command command = new("list", "All customers, by name.");
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            ListCustomersResponse response = await run.Controller.Records.ListCustomersAsync(new ListCustomersRequest(), run.Soon(cancellationToken));
            run.Output.Write(
                [.. response.Customers.Select(Shaping.Of)],
                ShapesJson.Default.IReadOnlyListCustomerShape,
                () => Screen.Print(run.Console, CustomerTable.Of(response.Customers)));
        });
        return command;
    }
}
