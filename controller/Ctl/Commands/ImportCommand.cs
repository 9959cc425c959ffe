using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>import FILE.csv</c>, of customers or servers.</summary>
internal static class ImportCommand
{
    private const long Largest = 4 * 1024 * 1024;

    public static Command Create(string what, RecordKind kind, string header)
    {
        Argument<FileInfo> file = new("FILE") { Description = $"CSV in UTF-8; its first line: {header}" };
        Command command = new("import", $"Add {what} from a CSV file: all rows, or none when one has a fault.") { file };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            string csv = await ReadAsync(run.Given.GetRequiredValue(file), cancellationToken);
            ImportRecordsResponse response = await run.Controller.Records.ImportRecordsAsync(
                new ImportRecordsRequest { Kind = kind, Csv = csv }, run.Soon(cancellationToken));
            run.Output.Write(
                new ImportedShape(response.AddedCount),
                ShapesJson.Default.ImportedShape,
                () => Screen.Print(run.Console, Screen.Text($"{response.AddedCount} {what} added.")));
        });
        return command;
    }

    private static async Task<string> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            return file.Length <= Largest
                ? await File.ReadAllTextAsync(file.FullName, cancellationToken)
                : throw new CtlException(ExitCode.Usage, $"{file.FullName} is larger than 4 MiB: split it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CtlException(ExitCode.Usage, $"{file.FullName} cannot be read: {e.Message}", e);
        }
    }
}
