using System.Text;

namespace HaiSoft.Agent.Readings.Inventory;

/// <summary>Reads /etc/os-release (os-release(5)).</summary>
/// <param name="Name">PRETTY_NAME.</param>
/// <param name="Id">ID.</param>
/// <param name="Version">VERSION_ID.</param>
// NAME="AlmaLinux"
// ID="almalinux"
// VERSION_ID="9.4"
// PRETTY_NAME="AlmaLinux 9.4 (Seafoam Ocelot)"
public readonly record struct OsRelease(string? Name, string? Id, string? Version)
{
    public static OsRelease Parse(string text)
    {
        var release = default(OsRelease);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var equals = line.IndexOf('=');
            if (equals <= 0)
                continue;
            release = line[..equals].Trim() switch
            {
                "PRETTY_NAME" => release with { Name = Value(line[(equals + 1)..]) },
                "ID" => release with { Id = Value(line[(equals + 1)..]) },
                "VERSION_ID" => release with { Version = Value(line[(equals + 1)..]) },
                _ => release,
            };
        }

        return release;
    }

    // As a shell would read it: quotes around, a backslash before what is special.
    private static string? Value(ReadOnlySpan<char> raw)
    {
        raw = raw.Trim();
        if (raw.Length >= 2 && raw[0] is '"' or '\'' && raw[^1] == raw[0])
            raw = raw[1..^1];
        if (raw.IsEmpty)
            return null;
        var value = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '\\' && i + 1 < raw.Length)
                i++;
            value.Append(raw[i]);
        }

        return value.ToString();
    }
}
