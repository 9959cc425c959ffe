using System.Globalization;
using HaiSoft.Agent.Readings.Services;

namespace HaiSoft.Agent.Services;

/// <summary>
/// Reads what <c>systemctl show</c> prints: <c>Name=Value</c> lines, an empty line between units.
/// <code>
/// Id=mariadb.service
/// Names=mysql.service mariadb.service mysqld.service
/// LoadState=loaded
/// ActiveState=active
/// SubState=running
/// InactiveExitTimestampMonotonic=271828182
/// </code>
/// </summary>
internal static class SystemctlOutput
{
    /// <summary>What is asked for.</summary>
    public const string Properties =
        "Id,Names,Type,LoadState,ActiveState,SubState,Result,UnitFileState,NRestarts,ControlGroup,MainPID," +
        "InactiveExitTimestampMonotonic,ActiveEnterTimestampMonotonic,ActiveExitTimestampMonotonic,InactiveEnterTimestampMonotonic";

    /// <summary>The units, in the order in which they were printed.</summary>
    /// <param name="output">What was printed.</param>
    /// <param name="now">The wall clock.</param>
    /// <param name="monotonicNow">CLOCK_MONOTONIC at the same time.</param>
    public static List<UnitState> Parse(string output, DateTimeOffset now, TimeSpan monotonicNow)
    {
        List<UnitState> units = [];
        Dictionary<string, string> properties = new(StringComparer.Ordinal);
        foreach (ReadOnlySpan<char> line in output.AsSpan().EnumerateLines())
        {
            int equals = line.IndexOf('=');
            if (equals > 0)
            {
                properties[line[..equals].ToString()] = line[(equals + 1)..].ToString();
            }
            else if (line.IsEmpty)
            {
                Add(units, properties, now, monotonicNow);
                properties.Clear();
            }
        }

        Add(units, properties, now, monotonicNow);
        return units;
    }

    private static void Add(List<UnitState> units, Dictionary<string, string> properties, DateTimeOffset now, TimeSpan monotonicNow)
    {
        if (properties.Count == 0 || Text(properties, "Id").Length == 0)
        {
            return;
        }

        string active = Text(properties, "ActiveState");
        TimeSpan? since = Microseconds(properties, active switch
        {
            "active" or "reloading" => "ActiveEnterTimestampMonotonic",
            "activating" => "InactiveExitTimestampMonotonic",
            "deactivating" => "ActiveExitTimestampMonotonic",
            _ => "InactiveEnterTimestampMonotonic",
        });
        SystemdUnitSeen seen = new(
            Text(properties, "LoadState"),
            active,
            Text(properties, "SubState"),
            Text(properties, "Result"),
            Text(properties, "UnitFileState"),
            Number(properties, "NRestarts"),
            since is { } stamp ? now - (monotonicNow - stamp) : null);
        units.Add(new UnitState(
            Text(properties, "Id"), Text(properties, "Names").Split(' '), Text(properties, "Type"), Text(properties, "ControlGroup"), Number(properties, "MainPID") ?? 0, seen));
    }

    private static string Text(Dictionary<string, string> properties, string name) => properties.GetValueOrDefault(name, "");

    private static int? Number(Dictionary<string, string> properties, string name) =>
        int.TryParse(Text(properties, name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static TimeSpan? Microseconds(Dictionary<string, string> properties, string name) =>
        long.TryParse(Text(properties, name), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
}
