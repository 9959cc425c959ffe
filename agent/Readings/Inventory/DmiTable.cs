using System.Globalization;

namespace HaiSoft.Agent.Readings.Inventory;

/// <summary>One structure of the firmware's table.</summary>
/// <param name="Type">Its type: 0 BIOS, 1 system, 2 board, 17 memory device (SMBIOS).</param>
/// <param name="Fields">Its fields, as dmidecode names them.</param>
public sealed record DmiStructure(int Type, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>A field that says something; absent for what boards fill in when they know nothing.</summary>
    public string? Field(string name) => Fields.TryGetValue(name, out var value) ? DmiText.Meaningful(value) : null;
}

/// <summary>Reads what <c>dmidecode</c> prints.</summary>
// # dmidecode 3.4
// Getting SMBIOS data from sysfs.
// SMBIOS 3.3.0 present.
//
// Handle 0x0011, DMI type 17, 92 bytes
// Memory Device
//         Size: 16 GB
//         Locator: DIMM_A1
//         Speed: 3200 MT/s
//         Manufacturer: ACME
//         Serial Number: 0123ABCD
//         Part Number: AC-16G-3200
public static class DmiTable
{
    /// <summary>The structures, in order; not applicable where the machine has no such table.</summary>
    public static Reading<IReadOnlyList<DmiStructure>> Parse(string text)
    {
        var structures = new List<DmiStructure>();
        Dictionary<string, string>? fields = null;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("Handle ", StringComparison.Ordinal))
            {
                if (TypeOf(line) is not { } type)
                    return Reading.Unavailable<IReadOnlyList<DmiStructure>>(UnavailableReason.NotUnderstood, "dmidecode: a handle without a type");
                fields = new Dictionary<string, string>(StringComparer.Ordinal);
                structures.Add(new DmiStructure(type, fields));
            }
            else if (fields is not null && line.StartsWith("\t", StringComparison.Ordinal) && !line.StartsWith("\t\t", StringComparison.Ordinal)
                && line.IndexOf(':') is > 1 and var colon)
            {
                fields.TryAdd(line[1..colon].ToString(), line[(colon + 1)..].Trim().ToString());
            }
        }

        if (structures.Count > 0)
            return Reading.Measured<IReadOnlyList<DmiStructure>>(structures);
        return text.Contains("No SMBIOS nor DMI entry point found", StringComparison.Ordinal)
            ? Reading.NotApplicable<IReadOnlyList<DmiStructure>>("the firmware has no SMBIOS table")
            : Reading.Unavailable<IReadOnlyList<DmiStructure>>(UnavailableReason.NotUnderstood, "dmidecode: no structure in its output");
    }

    private static int? TypeOf(ReadOnlySpan<char> handle)
    {
        const string Mark = "DMI type ";
        var start = handle.IndexOf(Mark);
        if (start < 0)
            return null;
        var rest = handle[(start + Mark.Length)..];
        var comma = rest.IndexOf(',');
        return int.TryParse(comma < 0 ? rest : rest[..comma], NumberStyles.None, CultureInfo.InvariantCulture, out var type) ? type : null;
    }
}
