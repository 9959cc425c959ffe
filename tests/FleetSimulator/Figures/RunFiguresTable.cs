using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace HaiSoft.FleetSimulator.Figures;

/// <summary>Shows a run's figures to people and to programs.</summary>
internal static class RunFiguresTable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Print(RunFigures figures)
    {
        Table table = new Table().AddColumns("figure", "value").Border(TableBorder.Rounded);
        foreach ((string name, string value) in Rows(figures))
            table.AddRow(new Text(name), new Text(value));
        AnsiConsole.Write(table);
    }

    public static void Save(RunFigures figures, string path) => File.WriteAllText(path, JsonSerializer.Serialize(figures, Json));

    private static IEnumerable<(string Name, string Value)> Rows(RunFigures figures)
    {
        yield return ("agents", Text($"{figures.Agents}"));
        yield return ("all connected after", Text($"{figures.ConnectSeconds:0.00} s"));
        yield return ("reports acknowledged", Text($"{figures.ReportsAcknowledged} in {figures.Seconds:0.0} s: {figures.ReportsPerSecond:0.0}/s"));
        yield return ("readings acknowledged", Text($"{figures.ReadingsAcknowledged}: {figures.ReadingsPerSecond:0}/s"));
        yield return ("ack latency", Text($"p50 {figures.AckP50Milliseconds:0.00} ms, p99 {figures.AckP99Milliseconds:0.00} ms, most {figures.AckMostMilliseconds:0.00} ms"));
        yield return ("streams", Text($"{figures.Connected} stand, {figures.StreamsOpened} were opened"));
        if (figures.HeldBack > 0)
            yield return ("held back", Text($"{figures.HeldBack} reports: the spools were full"));
        if (!figures.Settled)
            yield return ("not settled", "reports were left that the controller did not acknowledge within a minute");
        if (figures.Faults is { } faults)
            yield return ("fault to incident", Text($"{faults.Seen} seen, {faults.Missed} missed: p50 {faults.P50Milliseconds:0.00} ms, p99 {faults.P99Milliseconds:0.00} ms, most {faults.MostMilliseconds:0.00} ms"));
        if (figures.Storm is { } storm)
            yield return ("cut off at once", Text($"{storm.Agents} back after {storm.AllBack.TotalSeconds:0.00} s, acknowledged after {storm.AllAcknowledged.TotalSeconds:0.00} s (half: {storm.Half.TotalSeconds:0.00} s)"));
        foreach ((string error, long count) in figures.Errors.OrderByDescending(pair => pair.Value))
            yield return (Text($"error, {count} times"), error);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
