using System.Globalization;
using System.Text;

namespace HaiSoft.Controller.Telemetry;

/// <summary>Prometheus' text format, version 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats).</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>All families, each with its help and type.</summary>
    public static string Write(IEnumerable<MetricFamily> families)
    {
        StringBuilder text = new();
        foreach (MetricFamily family in families)
            Write(text, family);
        return text.ToString();
    }

    /// <summary>Tags as labels, by name: <c>{part="journal"}</c>; empty for none.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        return "{" + string.Join(',', tags.ToArray()
            .OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .Select(tag => $"{Name(tag.Key)}=\"{Escaped(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "")}\"")) + "}";
    }

    private static void Write(StringBuilder text, MetricFamily family)
    {
        string name = NameOf(family);
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {(family.Instrument.Description ?? family.Instrument.Name).Replace("\\", @"\\", StringComparison.Ordinal).ReplaceLineEndings(" ")}\n");
        text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {family.Kind.ToString().ToLowerInvariant()}\n");
        foreach ((string labels, MetricSeries series) in family.Series)
        {
            (double sum, long[] counts) = series.Read();
            if (family.Kind == MetricKind.Histogram)
                WriteHistogram(text, name, labels, sum, counts, family.Buckets);
            else
                text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {Number(sum)}\n");
        }
    }

    private static void WriteHistogram(StringBuilder text, string name, string labels, double sum, long[] counts, double[] bounds)
    {
        string others = labels.Length == 0 ? "" : $"{labels[1..^1]},";
        long total = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            string bound = i < bounds.Length ? Number(bounds[i]) : "+Inf";
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{others}le=\"{bound}\"}} {total}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{name}_sum{labels} {Number(sum)}\n");
        text.Append(CultureInfo.InvariantCulture, $"{name}_count{labels} {total}\n");
    }

    // With its unit, in full, and "_total" for what is counted: prometheus.io/docs/practices/naming.
    private static string NameOf(MetricFamily family)
    {
        string name = Name(family.Instrument.Name) + family.Instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        return family.Kind == MetricKind.Counter ? $"{name}_total" : name;
    }

    private static string Name(string name) =>
        string.Concat(name.Select((c, i) => char.IsAsciiLetter(c) || c == '_' || (i > 0 && char.IsAsciiDigit(c)) ? c : '_'));

    private static string Escaped(string value) => value
        .Replace("\\", @"\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
