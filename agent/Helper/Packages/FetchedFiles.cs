using System.Security.Cryptography;
using Google.Protobuf;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>
/// Judges what dnf brought by the catalogue once more, each package by itself: dnf resolved from data that nobody signed, and only the
/// packages' files are signed.
/// </summary>
internal sealed class FetchedFiles(TrustedCatalogue catalogue, KeyRings keys)
{
    /// <summary>The file of a package, verified.</summary>
    /// <param name="name">The package.</param>
    /// <param name="version">The one that it is to be, "epoch:version-release".</param>
    /// <param name="architecture">The one that it is to be of.</param>
    /// <param name="file">Its file.</param>
    /// <param name="keyFiles">Files that keys may be in, by repository.</param>
    /// <exception cref="PlanRefused">It is not what the catalogue lists, or not what it seems.</exception>
    public async Task<PackageFile> VerifyAsync(
        string name, string version, string architecture, DnfFile file, IReadOnlyDictionary<string, IReadOnlyList<string>> keyFiles, CancellationToken cancellationToken)
    {
        var repository = RepositoryOf(name, version, file.Repository);
        var (sha256, size) = Measure($"{name} {version}", file);
        if (file.HeaderName != $"{name}-{version}.{architecture}")
            throw new PlanRefused(PlanRefusalReason.Signature, $"The file of {name} {version} says of itself that it is {file.HeaderName}.");
        var key = await keys.SignerOfAsync(file.Path, repository.KeyFingerprints, keyFiles.GetValueOrDefault(repository.RepositoryId) ?? [], cancellationToken);
        return new PackageFile
        {
            RepositoryId = repository.RepositoryId,
            SizeBytes = size,
            Sha256 = ByteString.CopyFrom(sha256),
            KeyFingerprint = key,
            Vendor = file.Vendor,
        };
    }

    /// <summary>A kept file, once more: the catalogue lists it still, it is the one that the plan names, and a key that counts has signed it.</summary>
    /// <exception cref="PlanRefused">Something of it does not hold.</exception>
    public async Task VerifyAsync(PackageChange change, string path, CancellationToken cancellationToken)
    {
        var repository = RepositoryOf(change.Name, change.NewVersion, change.File.RepositoryId);
        if (!IsApproved(change.File, path))
            throw new PlanRefused(PlanRefusalReason.Signature, $"The file of {change.Name} {change.NewVersion} is not the one that was approved.");
        if (!repository.KeyFingerprints.Contains(change.File.KeyFingerprint))
            throw new PlanRefused(PlanRefusalReason.Signature, $"The key {change.File.KeyFingerprint} does not count for {repository.RepositoryId} any more.");
        await keys.SignerOfAsync(path, [change.File.KeyFingerprint], [], cancellationToken);
    }

    /// <summary>Whether a file is the one that a plan names.</summary>
    public static bool IsApproved(PackageFile file, string path)
    {
        if (!File.Exists(path))
            return false;
        using var stream = File.OpenRead(path);
        return stream.Length == file.SizeBytes && file.Sha256.Span.SequenceEqual(SHA256.HashData(stream));
    }

    private Repository RepositoryOf(string name, string told, string from)
    {
        var version = PackageVersion.Read(told);
        if (!catalogue.Packages.TryGetValue(name, out var listed) || listed.RepositoryId != from || version is null || !IsWithin(version, listed.Versions))
            throw new PlanRefused(PlanRefusalReason.NotListed, $"{name} {told} of {from} is not what the catalogue lists.");
        if (catalogue.Content.DeniedPackages.FirstOrDefault(denied => denied.Name == name && IsWithin(version, denied.Versions)) is { } denied)
            throw new PlanRefused(PlanRefusalReason.NotListed, $"The catalogue denies {name} {told}: {denied.Reason}");
        return catalogue.Content.Repositories.First(repository => repository.RepositoryId == listed.RepositoryId);
    }

    private static bool IsWithin(PackageVersion version, VersionRange? range) =>
        range is null || version.IsWithin(PackageVersion.Read(range.AtLeast), PackageVersion.Read(range.Below));

    private static (byte[] Sha256, long Size) Measure(string package, DnfFile file)
    {
        using var stream = File.OpenRead(file.Path);
        var sha256 = SHA256.HashData(stream);
        stream.Position = 0;
        var told = file.DigestKind switch
        {
            "sha256" => Convert.ToHexStringLower(sha256),
            "sha384" => Convert.ToHexStringLower(SHA384.HashData(stream)),
            "sha512" => Convert.ToHexStringLower(SHA512.HashData(stream)),
            _ => throw new PlanRefused(PlanRefusalReason.Repository, $"The data of {file.Repository} names files by {file.DigestKind}, which is not safe."),
        };
        return told == file.Digest && stream.Length == file.SizeBytes
            ? (sha256, stream.Length)
            : throw new PlanRefused(PlanRefusalReason.Signature, $"The file of {package} is not the one that the data of {file.Repository} names.");
    }
}
