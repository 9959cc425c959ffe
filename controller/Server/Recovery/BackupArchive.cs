using System.Formats.Tar;
using System.Security.Cryptography;

namespace HaiSoft.Controller.Recovery;

/// <summary>A backup as a tar file: the manifest, then the files that it names, in that order.</summary>
internal static class BackupArchive
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Writes the manifest and its files.</summary>
    /// <param name="archive">Where to.</param>
    /// <param name="manifest">What to write.</param>
    /// <param name="locate">The path of a file's content.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task WriteAsync(Stream archive, BackupManifest manifest, Func<string, string> locate, CancellationToken cancellationToken)
    {
        await using TarWriter writer = new(archive, TarEntryFormat.Pax, leaveOpen: true);
        using MemoryStream head = new(manifest.Write());
        await writer.WriteEntryAsync(Entry(BackupManifest.Name, manifest, head), cancellationToken);
        foreach (BackedUpFile file in manifest.Files)
        {
            await using FileStream content = File.OpenRead(locate(file.Name));
            await writer.WriteEntryAsync(Entry(file.Name, manifest, content), cancellationToken);
        }
    }

    /// <summary>Unpacks an archive into an empty folder, and verifies all that it unpacks.</summary>
    /// <exception cref="InvalidDataException">It is no backup, was cut off, or was changed.</exception>
    public static async Task<BackupManifest> ReadAsync(Stream archive, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await using TarReader reader = new(archive);
            if (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is not { Name: BackupManifest.Name, DataStream: { } head })
                throw new InvalidDataException("it is none of this program's backups");
            BackupManifest manifest = BackupManifest.Read(head);
            foreach (BackedUpFile file in manifest.Files)
                await UnpackAsync(await reader.GetNextEntryAsync(copyData: false, cancellationToken), file, folder, cancellationToken);
            return manifest;
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException("it is cut off, or no tar file", e);
        }
    }

    /// <summary>Length and hash of a file.</summary>
    public static async Task<BackedUpFile> DescribeAsync(string name, string path, CancellationToken cancellationToken)
    {
        await using FileStream content = File.OpenRead(path);
        return new(name, content.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)));
    }

    private static PaxTarEntry Entry(string name, BackupManifest manifest, Stream content) =>
        new(TarEntryType.RegularFile, name) { Mode = OwnerOnly, ModificationTime = manifest.MadeTime, DataStream = content };

    private static async Task UnpackAsync(TarEntry? entry, BackedUpFile expected, string folder, CancellationToken cancellationToken)
    {
        if (!KeptFiles.MayBe(expected.Name))
            throw new InvalidDataException($"it names '{expected.Name}', which is no file of a backup");
        if (entry is not { DataStream: { } content } || entry.Name != expected.Name)
            throw new InvalidDataException($"{expected.Name} is missing");
        string path = Path.Combine(folder, expected.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerFolder);
        await using (FileStream file = new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            await content.CopyToAsync(file, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        if (await DescribeAsync(expected.Name, path, cancellationToken) != expected)
            throw new InvalidDataException($"{expected.Name} is not as it was backed up: it was cut off or changed");
    }
}
