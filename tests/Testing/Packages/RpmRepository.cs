using System.IO.Compression;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Testing.Packages;

/// <summary>A real repository of real packages: built by rpmbuild, signed by rpmsign, listed by createrepo_c, served over HTTP.</summary>
public sealed class RpmRepository : IAsyncDisposable
{
    private static readonly string[] Needed = ["rpmbuild", "rpmsign", "createrepo_c", "modifyrepo_c", "gpg"];
    private readonly ScratchFolder _folder = new();
    private readonly FileServer _server;

    private RpmRepository(RpmKey key, ScratchFolder keyFolder)
    {
        Key = key;
        _keyFolder = keyFolder;
        Directory.CreateDirectory(Folder);
        _server = new FileServer(Folder);
    }

    private readonly ScratchFolder _keyFolder;

    /// <summary>The key that its packages are signed with.</summary>
    public RpmKey Key { get; }

    /// <summary>Where its files lie.</summary>
    public string Folder => Path.Combine(_folder.Path, "repository");

    /// <summary>Where it is served.</summary>
    public string BaseUrl => _server.Url;

    /// <summary>Why none can be made on this machine; null when all is there.</summary>
    public static string? WhyNot() => Needed.FirstOrDefault(tool => Tool.Find(tool) is null) is { } missing
        ? $"{missing} is not installed: ./build.sh setup installs it."
        : null;

    /// <summary>An empty one, with a key of its own.</summary>
    public static async Task<RpmRepository> CreateAsync(CancellationToken cancellationToken)
    {
        var keyFolder = new ScratchFolder();
        return new(await RpmKey.MakeAsync(keyFolder, "k", cancellationToken), keyFolder);
    }

    /// <summary>Builds a package and puts it in; <see cref="PublishAsync"/> lists it.</summary>
    /// <param name="spec">What it is made of.</param>
    /// <param name="signer">Who signs it; this repository's own key when none is given.</param>
    /// <param name="isSigned">False for a package without a signature.</param>
    /// <returns>The path of its file.</returns>
    public async Task<string> AddAsync(RpmSpec spec, CancellationToken cancellationToken, RpmKey? signer = null, bool isSigned = true)
    {
        var file = _folder.Write($"specs/{spec.Name}.spec", spec.Text());
        (await Tool.RunAsync(
            "rpmbuild",
            ["-bb", "--quiet", "--define", $"_topdir {_folder["build"]}", "--define", $"_rpmdir {Folder}", "--define", "_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm", file],
            cancellationToken)).Succeeded();
        var package = Path.Combine(Folder, spec.FileName);
        if (isSigned)
            await (signer ?? Key).SignAsync(package, cancellationToken);
        return package;
    }

    /// <summary>Lists what is in it, with its key beside, and with these packages as fixes of a security advisory.</summary>
    public async Task PublishAsync(CancellationToken cancellationToken, params RpmSpec[] fixes)
    {
        (await Tool.RunAsync("createrepo_c", ["--quiet", Folder], cancellationToken)).Succeeded();
        if (fixes.Length > 0)
        {
            var advisories = _folder.Write("updateinfo.xml", $"<updates>{string.Concat(fixes.Select(Advisory))}</updates>");
            (await Tool.RunAsync("modifyrepo_c", ["--mdtype=updateinfo", advisories, Path.Combine(Folder, "repodata")], cancellationToken)).Succeeded();
        }

        await File.WriteAllTextAsync(Path.Combine(Folder, "repodata", "repomd.xml.key"), Key.Public, cancellationToken);
    }

    /// <summary>Changes what it says of its packages (primary.xml), as whoever has its server could.</summary>
    public async Task RewriteAsync(Func<string, string> change, CancellationToken cancellationToken)
    {
        var data = Path.Combine(Folder, "repodata");
        var packed = Directory.GetFiles(data, "*-primary.xml.gz").Single();
        await using (var stream = new GZipStream(File.OpenRead(packed), CompressionMode.Decompress))
        using (var reader = new StreamReader(stream))
            _folder.Write("primary.xml", change(await reader.ReadToEndAsync(cancellationToken)));
        (await Tool.RunAsync("modifyrepo_c", ["--remove", "primary", data], cancellationToken)).Succeeded();
        (await Tool.RunAsync("modifyrepo_c", ["--mdtype=primary", _folder["primary.xml"], data], cancellationToken)).Succeeded();
    }

    /// <summary>Nobody answers any more.</summary>
    public void Stop() => _server.Dispose();

    public async ValueTask DisposeAsync()
    {
        _server.Dispose();
        await Key.CloseAsync(CancellationToken.None);
        _keyFolder.Dispose();
        _folder.Dispose();
    }

    private static string Advisory(RpmSpec spec) => $"""
        <update from="security@packages.example" status="final" type="security" version="1"><id>TEST-{spec.Name}-{spec.Version}</id>
        <title>{spec.Name}</title><issued date="2026-11-22 00:00:00"/><severity>Important</severity><description>A fix.</description><references/>
        <pkglist><collection short="test"><name>test</name><package name="{spec.Name}" version="{spec.Version}" release="1" epoch="0" arch="noarch">
        <filename>{spec.FileName}</filename></package></collection></pkglist></update>
        """;
}
