using System.CommandLine;
using HaiSoft.FleetSimulator.Ledgers;

namespace HaiSoft.FleetSimulator.Commands;

/// <summary><c>check</c>: the ledger against the database.</summary>
internal static class CheckCommand
{
    public static Command Make()
    {
        Option<string> ledger = new("--ledger") { Description = "The ledger that runs have written.", Required = true };
        Option<string> data = new("--data") { Description = "The controller's data folder; a copy of its database is read.", Required = true };
        Command command = new("check", "Compares what was acknowledged with what the controller holds; exit code 2 when something is missing or there twice.") { ledger, data };
        command.SetAction((result, _) => Failures.ToldAsync(() => Task.FromResult(Run(result.GetRequiredValue(ledger), result.GetRequiredValue(data)))));
        return command;
    }

    private static int Run(string ledger, string data)
    {
        if (!File.Exists(ledger))
            return Failures.Tell($"There is no ledger '{ledger}': write one with run --ledger.");

        using DatabaseCopy copy = DatabaseCopy.Of(data);
        LedgerCheck check = LedgerCheck.Of(ledger, copy);
        Console.WriteLine(check);
        return check.Holds ? 0 : 2;
    }
}
