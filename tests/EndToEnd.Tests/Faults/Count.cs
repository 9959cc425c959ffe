using System.Globalization;

namespace HaiSoft.EndToEnd.Tests.Faults;

/// <summary>How often something is done to the system: few times in the ordinary run, the full count in the soak.</summary>
internal static class Count
{
    /// <summary>The count, or that of HAISOFT_COUNT.</summary>
    public static int Of(int count) =>
        Environment.GetEnvironmentVariable("HAISOFT_COUNT") is { Length: > 0 } asked ? int.Parse(asked, CultureInfo.InvariantCulture) : count;
}
