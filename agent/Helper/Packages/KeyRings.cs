using System.Text;
using HaiSoft.Agent.Helper.Files;
using HaiSoft.Agent.Helper.Tools;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>
/// The keys that packages are signed with, each in an RPM database of its own that holds nothing else: so a good signature says which key
/// made it, and the server's own database is never asked. A key is taken from wherever it is found, because its fingerprint says that it
/// is the one.
/// </summary>
/// <param name="folder">For the databases.</param>
/// <param name="systemKeys">Where the system's packages lay keys: /etc/pki/rpm-gpg.</param>
/// <param name="tool">Runs rpmkeys.</param>
internal sealed class KeyRings(string folder, string systemKeys, PackageTool tool)
{
    private const string RpmKeys = "/usr/bin/rpmkeys";
    private const string KeyFile = "key.asc";
    private const int MaximumFileBytes = 256 << 10;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    /// <summary>The fingerprint of the key that signed a package.</summary>
    /// <param name="package">The package's file.</param>
    /// <param name="fingerprints">Of the keys that count for it.</param>
    /// <param name="candidates">Files that the keys may be in, besides the system's.</param>
    /// <exception cref="PlanRefused">None of them has.</exception>
    public async Task<string> SignerOfAsync(string package, IReadOnlyList<string> fingerprints, IReadOnlyList<string> candidates, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var fingerprint in fingerprints)
        {
            if (await OpenAsync(fingerprint, candidates, cancellationToken) is not { } database)
                missing.Add(fingerprint);
            else if (await HasSignedAsync(package, database, cancellationToken))
                return fingerprint;
        }

        var words = $"{Path.GetFileName(package)} is not signed by a key that counts for its repository ({string.Join(", ", fingerprints)}).";
        throw new PlanRefused(
            PlanRefusalReason.Signature,
            missing.Count == 0 ? words : $"{words} Not found in the repository's repodata/repomd.xml.key nor in {systemKeys}: {string.Join(", ", missing)}.");
    }

    /// <summary>The armoured key with this fingerprint, of one that has verified a package here.</summary>
    public string FileOf(string fingerprint) => Path.Combine(folder, fingerprint, KeyFile);

    private async Task<string?> OpenAsync(string fingerprint, IReadOnlyList<string> candidates, CancellationToken cancellationToken)
    {
        var database = Path.Combine(folder, fingerprint);
        if (Directory.Exists(database))
            return database;
        if (Find(fingerprint, candidates) is not { } key)
            return null;
        var making = database + ".making";
        if (Directory.Exists(making))
            Directory.Delete(making, recursive: true);
        DurableFile.PrepareFolder(folder);
        DurableFile.PrepareFolder(making);
        var file = Path.Combine(making, KeyFile);
        DurableFile.Write(file, Encoding.ASCII.GetBytes(key.Armoured));
        var imported = await tool.RunAsync(RpmKeys, ["--dbpath", making, "--import", file], default, Within, cancellationToken);
        if (imported is not { End: ToolEnd.Ended, ExitStatus: 0 })
            throw new PlanRefused(PlanRefusalReason.Helper, $"rpmkeys does not take the key {fingerprint} ({imported.End}, {imported.ExitStatus}): {imported.Error}");
        Directory.Move(making, database);
        FileCalls.SyncFolder(folder);
        return database;
    }

    private OpenPgpKey? Find(string fingerprint, IReadOnlyList<string> candidates)
    {
        var files = Directory.Exists(systemKeys) ? Directory.GetFiles(systemKeys).Concat(candidates) : candidates;
        return files.Where(file => new FileInfo(file) is { Exists: true, Length: <= MaximumFileBytes })
            .SelectMany(file => OpenPgpKey.Read(File.ReadAllBytes(file)))
            .FirstOrDefault(key => key.Fingerprint == fingerprint);
    }

    // "    Header V4 RSA/SHA512 Signature, key ID 8f2c3c5e: OK"; from rpm 6 on "Header OpenPGP V4 RSA/SHA512 signature, key fingerprint: ...".
    // Every line must be OK, and one of them a signature's: digests alone are no proof, and rpmkeys is content with them.
    private async Task<bool> HasSignedAsync(string package, string database, CancellationToken cancellationToken)
    {
        var check = await tool.RunAsync(RpmKeys, ["--dbpath", database, "--checksig", "--verbose", package], default, Within, cancellationToken);
        if (check is not { End: ToolEnd.Ended, ExitStatus: 0 })
            return false;
        var lines = Encoding.UTF8.GetString(check.Output.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
        return lines.TrueForAll(line => line.EndsWith(": OK", StringComparison.Ordinal))
            && lines.Exists(line => line.TrimStart().StartsWith("Header ", StringComparison.Ordinal) && line.Contains(" signature, key ", StringComparison.OrdinalIgnoreCase));
    }
}
