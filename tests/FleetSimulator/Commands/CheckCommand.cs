using System.CommandLine;
using HaiSoft.FleetSimulator.Ledgers;

namespace HaiSoft.FleetSimulator.Commands;

/// <summary><c>check</c>: the ledger against the database.</summary>
internal static class CheckCommand
{
    public static Command Make()
    {
        Option<string> ledger = new("--ledger") { Description = "The ledger that runs have written.", Required = true };
        Option<string?> data = new("--data") { Description = "The controller's data folder; a copy of its database is read." };
        Option<string?> postgres = new("--postgres") { Description = "The controller's PostgreSQL in place of it: Host=...;Database=...;Username=..." };
        Command command = new("check", "Compares what was acknowledged with what the controller holds; exit code 2 when something is missing or there twice.") { ledger, data, postgres };
        command.SetAction((result, _) => Failures.ToldAsync(() => Task.FromResult(Run(result.GetRequiredValue(ledger), result.GetValue(data), result.GetValue(postgres)))));
        return command;
    }

    private static int Run(string ledger, string? data, string? postgres)
    {
        if (!File.Exists(ledger))
            return Failures.Tell($"There is no ledger '{ledger}': write one with run --ledger.");
        if ((data is null) == (postgres is null))
            return Failures.Tell("Name the database: either --data FOLDER or --postgres CONNECTION.");

        using LedgerDatabase database = data is null ? LedgerDatabase.OnPostgres(postgres!) : LedgerDatabase.InFolder(data);
        LedgerCheck check = LedgerCheck.Of(ledger, database);
        Console.WriteLine(check);
        return check.Holds ? 0 : 2;
    }
}
