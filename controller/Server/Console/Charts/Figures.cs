using System.Globalization;
using HaiSoft.Controller.Console.Language;

namespace HaiSoft.Controller.Console.Charts;

/// <summary>Writes figures with their units, as the language does.</summary>
internal static class Figures
{
    private static readonly string[] Binary = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
    private static readonly string[] Decimal = ["B/s", "kB/s", "MB/s", "GB/s"];

    /// <summary>"3.2 GiB", "41 °C"; a dash where nothing was reported.</summary>
    public static string Say(double? value, string unit, Messages messages) => (value, unit) switch
    {
        (null, _) => "–",
        ({ } v, "bytes") => Scaled(v, Binary, 1024, messages),
        ({ } v, "bytes/s") => Scaled(v, Decimal, 1000, messages),
        ({ } v, "percent") => $"{Number(v, messages)} %",
        ({ } v, "celsius") => $"{Number(v, messages)} °C",
        ({ } v, _) => Number(v, messages),
    };

    /// <summary>"49.90 EUR".</summary>
    public static string Money(decimal euros, Messages messages) =>
        $"{euros.ToString("0.00", CultureInfo.InvariantCulture).Replace(".", messages["number.point"], StringComparison.Ordinal)} EUR";

    private static string Scaled(double value, string[] units, double factor, Messages messages)
    {
        var step = 0;
        while (Math.Abs(value) >= factor && step < units.Length - 1)
        {
            value /= factor;
            step++;
        }

        return $"{Number(value, messages)} {units[step]}";
    }

    private static string Number(double value, Messages messages) =>
        value.ToString(Math.Abs(value) >= 100 ? "0" : "0.##", CultureInfo.InvariantCulture).Replace(".", messages["number.point"], StringComparison.Ordinal);
}
