using System.Globalization;

namespace HaiSoft.EndToEnd.Tests.Faults;

/// <summary>How often, or how long, something is done to the system: little in the ordinary run, the full measure in the soak.</summary>
internal static class Count
{
    /// <summary>The count, or that of HAISOFT_COUNT.</summary>
    public static int Of(int count) => Asked("HAISOFT_COUNT") ?? count;

    /// <summary>The length, or that of HAISOFT_SECONDS.</summary>
    public static TimeSpan Of(TimeSpan length) => Asked("HAISOFT_SECONDS") is { } seconds ? TimeSpan.FromSeconds(seconds) : length;

    private static int? Asked(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } asked ? int.Parse(asked, CultureInfo.InvariantCulture) : null;
}
