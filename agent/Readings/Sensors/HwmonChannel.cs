using System.Globalization;
using HaiSoft.Agent.Readings.Files;

namespace HaiSoft.Agent.Readings.Sensors;

/// <summary>One channel of a chip: "temp1".</summary>
internal readonly record struct HwmonChannel(string Name, SensorKind Kind, double Unit)
{
    // File name prefix, what it measures, and how many of the kernel's units make one of ours.
    private static readonly (string Prefix, SensorKind Kind, double Unit)[] Kinds =
    [
        ("temp", SensorKind.Temperature, 1000), // thousandths of a degree
        ("fan", SensorKind.Fan, 1),
        ("in", SensorKind.Voltage, 1000),
        ("power", SensorKind.Power, 1_000_000),
        ("curr", SensorKind.Current, 1000),
    ];

    /// <summary>The channels of a chip.</summary>
    public static IEnumerable<HwmonChannel> In(string folder)
    {
        foreach (var (prefix, kind, unit) in Kinds)
            foreach (var file in Listing.Names(folder, prefix))
                if (IsInput(file, prefix) is { } name)
                    yield return new HwmonChannel(name, kind, unit);
    }

    public SensorReading Read(string folder, string chip) => new()
    {
        SensorId = $"{chip}/{Name}",
        Label = SmallFile.Text(Path.Combine(folder, Name + "_label")),
        Kind = Kind,
        Value = Value(folder, "input") ?? Value(folder, "average"),
        Low = Value(folder, "min"),
        High = Value(folder, "max"),
        Critical = Value(folder, "crit"),
        Alarm = Alarm(folder),
        Fault = SmallFile.Flag(Path.Combine(folder, Name + "_fault")),
    };

    // A broken sensor shows a number all the same.
    private double? Value(string folder, string what) =>
        what is "input" or "average" && SmallFile.Flag(Path.Combine(folder, Name + "_fault")) == true
            ? null
            : SmallFile.Integer(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Name}_{what}"))) / Unit;

    private bool? Alarm(string folder)
    {
        bool? any = null;
        foreach (var suffix in (ReadOnlySpan<string>)["_alarm", "_crit_alarm", "_max_alarm", "_min_alarm"])
            if (SmallFile.Flag(Path.Combine(folder, Name + suffix)) is { } alarm)
                any = any == true || alarm;
        return any;
    }

    // "temp12_input" is channel "temp12"; "power1_average" is one too where the chip only averages.
    private static string? IsInput(string file, string prefix)
    {
        var end = file.IndexOf('_', StringComparison.Ordinal);
        if (end <= prefix.Length || file.AsSpan(prefix.Length, end - prefix.Length).ContainsAnyExceptInRange('0', '9'))
            return null;
        var suffix = file.AsSpan(end + 1);
        return suffix is "input" || (suffix is "average" && prefix == "power") ? file[..end] : null;
    }
}
