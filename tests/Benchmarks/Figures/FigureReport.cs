using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using HaiSoft.Benchmarks.Machines;
using HaiSoft.Testing.Files;
using Spectre.Console;

namespace HaiSoft.Benchmarks.Figures;

/// <summary>Shows figures to people as a table and keeps them for programs in <c>artifacts/bench/NAME.json</c>.</summary>
internal static class FigureReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void Publish(string name, IReadOnlyList<Figure> figures)
    {
        // A file or pipe has no width of its own.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 200;
        MachineDescription machine = MachineDescription.Read();
        Table table = new Table().Title(Markup.Escape($"{name}: {machine}")).Border(TableBorder.Rounded);
        table.AddColumn("figure").AddColumn(new TableColumn("median").RightAligned()).AddColumns("unit", "to reach", "lowest to highest", "note");
        foreach (Figure figure in figures)
            table.AddRow(new Text(figure.Name), new Text(Number(figure.Median)), new Text(figure.Unit), Asked(figure), new Text(Spread(figure)), new Text(figure.Note));
        AnsiConsole.Write(table);
        string folder = Directory.CreateDirectory(RepositoryFolder.In("artifacts", "bench")).FullName;
        File.WriteAllText(Path.Combine(folder, $"{name}.json"), JsonSerializer.Serialize(new { name, machine, figures }, Json));
    }

    private static Text Asked(Figure figure) => figure.IsReached switch
    {
        null => Text.Empty,
        true => new Text($"{figure.Reach}, reached", new Style(Color.Green)),
        false => new Text($"{figure.Reach}, missed", new Style(Color.Red)),
    };

    private static string Spread(Figure figure) =>
        figure.Samples.Count < 2 ? "" : $"{Number(figure.Samples.Min())} to {Number(figure.Samples.Max())} ({figure.Samples.Count})";

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.0", >= 0.1 => "0.00", _ => "0.0000" }, CultureInfo.InvariantCulture);
}
