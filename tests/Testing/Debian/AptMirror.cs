namespace HaiSoft.Testing.Debian;

/// <summary>The mirror and the release that this machine installs its own packages from: test machines are made from the same.</summary>
/// <param name="Uri">The archive's address, as apt's sources name it.</param>
/// <param name="Suite">The release's code name (<c>VERSION_CODENAME</c> of os-release).</param>
public sealed record AptMirror(string Uri, string Suite)
{
    /// <summary>Null when this is not a Debian machine with a source for its own release.</summary>
    public static AptMirror? OfThisMachine()
    {
        const string Codename = "VERSION_CODENAME=";
        var suite = File.Exists("/etc/os-release")
            ? File.ReadLines("/etc/os-release").FirstOrDefault(line => line.StartsWith(Codename, StringComparison.Ordinal))?[Codename.Length..].Trim('"')
            : null;
        var uri = suite is null ? null : SourceFiles().Select(file => UriFor(suite, File.ReadAllLines(file))).FirstOrDefault(found => found is not null);
        return uri is null ? null : new AptMirror(uri, suite!);
    }

    private static IEnumerable<string> SourceFiles()
    {
        const string Folder = "/etc/apt/sources.list.d";
        string[] parts = Directory.Exists(Folder) ? Directory.GetFiles(Folder) : [];
        return new[] { "/etc/apt/sources.list" }.Concat(parts.Order(StringComparer.Ordinal)).Where(File.Exists);
    }

    /// <summary>Understands both forms: <c>deb [options] URI SUITE main</c>, and stanzas with <c>URIs:</c> before <c>Suites:</c>.</summary>
    internal static string? UriFor(string suite, IEnumerable<string> lines)
    {
        string? uri = null;
        foreach (var line in lines)
        {
            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["deb", ..]:
                    var rest = words.Skip(1).SkipWhile(word => word.StartsWith('[') || word.EndsWith(']')).ToArray();
                    if (rest is [var from, var release, ..] && release == suite)
                    {
                        return from;
                    }

                    break;
                case ["URIs:", var address, ..]:
                    uri = address;
                    break;
                case ["Suites:", ..] when uri is not null && words.Contains(suite):
                    return uri;
                case []:
                    uri = null;
                    break;
            }
        }

        return null;
    }
}
