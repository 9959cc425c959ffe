using System.Globalization;

namespace HaiSoft.Testing.Packages;

/// <summary>What a test's package is made of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">"1.0"; with an epoch in front, "2:1.0".</param>
public sealed record RpmSpec(string Name, string Version)
{
    /// <summary>Lines of the header: "Requires: php-common = 1.1".</summary>
    public IReadOnlyList<string> Header { get; init; } = [];

    /// <summary>What its file of configuration, <c>/etc/NAME/conf</c>, says; null for no such file.</summary>
    public string? Configuration { get; init; }

    /// <summary>Whether rpm keeps the server's own version of that file.</summary>
    public bool KeepsConfiguration { get; init; } = true;

    /// <summary>Scripts and units of it: paths to contents, without quotes or percent signs.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Its scripts, a section each: "%post -p &lt;lua&gt;\nerror(1)". In a root folder without a shell they are in Lua, which is rpm's own.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];

    /// <summary>Who made it.</summary>
    public string Vendor { get; init; } = "Test";

    /// <summary>Bytes of a file of it that do not compress.</summary>
    public int Ballast { get; init; }

    /// <summary>The file that it is built as, below its architecture's folder.</summary>
    public string FileName => $"{Name}-{Version[(Version.IndexOf(':', StringComparison.Ordinal) + 1)..]}-1.noarch.rpm";

    internal string Text()
    {
        var parts = Version.Split(':');
        var configuration = Configuration is null ? "" : $"mkdir -p %{{buildroot}}/etc/{Name}; printf '%s\\n' '{Configuration}' > %{{buildroot}}/etc/{Name}/conf";
        var ballast = Ballast == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"head -c {Ballast} /dev/urandom > %{{buildroot}}/usr/share/{Name}/ballast");
        var files = Files.Select(file => $"install -D /dev/null %{{buildroot}}{file.Key}; printf '%s\\n' '{file.Value}' > %{{buildroot}}{file.Key}");
        return $"""
            Name: {Name}
            Version: {parts[^1]}
            Release: 1
            {(parts.Length > 1 ? $"Epoch: {parts[0]}" : "")}
            Summary: {Name} of a test
            License: MIT
            Vendor: {Vendor}
            BuildArch: noarch
            {string.Join('\n', Header)}
            %description
            {Name} of a test.
            %install
            mkdir -p %{"{buildroot}"}/usr/share/{Name}; echo {Version} > %{"{buildroot}"}/usr/share/{Name}/version
            {configuration}
            {ballast}
            {string.Join('\n', files)}
            {string.Join('\n', Scripts)}
            %files
            /usr/share/{Name}
            {string.Join('\n', Files.Keys)}
            {(Configuration is null ? "" : $"%config{(KeepsConfiguration ? "(noreplace)" : "")} /etc/{Name}/conf")}

            """;
    }
}
