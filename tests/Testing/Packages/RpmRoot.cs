using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Testing.Packages;

/// <summary>The root folder of a server with an RPM database of its own, on this machine.</summary>
public sealed class RpmRoot : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private RpmRoot()
    {
    }

    public string Path => _folder.Path;

    /// <summary>The path on this machine of a file in it.</summary>
    public string this[string inside] => System.IO.Path.Combine(Path, inside.TrimStart('/'));

    /// <summary>Why none can be made on this machine; null when all is there.</summary>
    public static string? WhyNot() => Environment.UserName != "root" ? "Not root: packages are installed into a root folder."
        : Tool.Find("dnf") is null || Tool.Find("rpm") is null ? "dnf and rpm are not installed: ./build.sh setup installs them."
        : RpmRepository.WhyNot();

    /// <summary>A server without packages.</summary>
    public static async Task<RpmRoot> CreateAsync(CancellationToken cancellationToken)
    {
        var root = new RpmRoot();
        root._folder.Write("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        (await root.RpmAsync(["--initdb"], cancellationToken)).Succeeded();
        return root;
    }

    /// <summary>Installs package files, or updates to them.</summary>
    public async Task InstallAsync(CancellationToken cancellationToken, params string[] packages) =>
        (await RpmAsync(["--upgrade", "--nodeps", "--nosignature", "--force-debian", .. packages], cancellationToken)).Succeeded();

    /// <summary>Runs rpm on it.</summary>
    public Task<ToolResult> RpmAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        // Debian's rpm has its database in the home folder of whoever runs it; a service's is the root.
        Tool.RunAsync("env", ["HOME=/", "rpm", "--root", Path, .. arguments], cancellationToken);

    /// <summary>The folder of its database.</summary>
    public async Task<string> DatabaseAsync(CancellationToken cancellationToken) =>
        this[(await RpmAsync(["--eval", "%{_dbpath}"], cancellationToken)).Succeeded().Trim()];

    public void Dispose() => _folder.Dispose();
}
