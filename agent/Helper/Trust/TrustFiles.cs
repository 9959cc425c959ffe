using System.Globalization;
using HaiSoft.Agent.Helper.Files;

namespace HaiSoft.Agent.Helper.Trust;

/// <summary>Roots and catalogue as they came, each a file in a folder for root alone. What is read is verified again each time.</summary>
internal sealed class TrustFiles(string folder)
{
    private const string RootPrefix = "root.";
    private const int MaximumBytes = 1 << 20;

    private string CataloguePath => Path.Combine(folder, "catalogue");

    /// <summary>All roots, by version.</summary>
    public IEnumerable<byte[]> ReadRoots() => !Directory.Exists(folder)
        ? []
        : Directory.GetFiles(folder, RootPrefix + "*").Select(file => (File: file, Version: VersionOf(file)))
            .Where(root => root.Version is not null)
            .OrderBy(root => root.Version)
            .Select(root => Read(root.File));

    /// <summary>The catalogue; empty when there is none.</summary>
    public byte[] ReadCatalogue() => Read(CataloguePath);

    public void WriteRoot(long version, byte[] envelope) =>
        Write(Path.Combine(folder, RootPrefix + version.ToString(CultureInfo.InvariantCulture)), envelope);

    public void WriteCatalogue(byte[] envelope) => Write(CataloguePath, envelope);

    private void Write(string path, byte[] content)
    {
        DurableFile.PrepareFolder(folder);
        DurableFile.Replace(path, content);
    }

    private static byte[] Read(string path) => new FileInfo(path) is { Exists: true, Length: <= MaximumBytes } ? File.ReadAllBytes(path) : [];

    private static long? VersionOf(string file) =>
        long.TryParse(Path.GetFileName(file).AsSpan(RootPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
