namespace HaiSoft.Agent.Helper.Packages;

/// <summary>What resolve.py answers: one of them.</summary>
/// <param name="PackageStateHash">SHA-256, hexadecimal.</param>
internal sealed record DnfAnswer(DnfPlan? Plan = null, DnfRefusal? Refusal = null, string? PackageStateHash = null);

/// <summary>Why there is none.</summary>
/// <param name="Reason">A name of PlanRefusalReason, without its prefix.</param>
/// <param name="Detail">In words.</param>
internal sealed record DnfRefusal(string Reason, string Detail);

/// <summary>What dnf resolved. Nothing of it is verified.</summary>
/// <param name="KeyFiles">By repository: files that its keys may be in.</param>
/// <param name="PackageStateHash">SHA-256, hexadecimal.</param>
internal sealed record DnfPlan(
    IReadOnlyList<DnfChange> Changes,
    IReadOnlyList<DnfConfigurationFile> ConfigurationFiles,
    IReadOnlyDictionary<string, IReadOnlyList<string>> KeyFiles,
    IReadOnlyList<string> RestartedUnits,
    bool RebootNeeded,
    long InstalledGrowthBytes,
    long FreeBytes,
    string PackageStateHash);

/// <summary>One package that comes or goes.</summary>
/// <param name="Action">A name of PackageAction, without its prefix.</param>
/// <param name="Asked">Whether it was asked for, or else needed.</param>
/// <param name="Repository">Where it comes from; absent when it goes.</param>
/// <param name="File">What was fetched; absent when it goes.</param>
/// <param name="Vendor">As the file's header says; absent when it goes.</param>
/// <param name="HeaderName">"name-epoch:version-release.architecture" as the file's header says; absent when it goes.</param>
internal sealed record DnfChange(
    string Action,
    string Name,
    string Architecture,
    string OldVersion,
    string NewVersion,
    bool Asked,
    string OldVendor,
    IReadOnlyList<string> Advisories,
    string? Repository = null,
    DnfFile? File = null,
    string? Vendor = null,
    string? HeaderName = null);

/// <summary>A file that was fetched, and what the repository's data says of it.</summary>
/// <param name="DigestKind">"sha256".</param>
/// <param name="Digest">Hexadecimal.</param>
internal sealed record DnfFile(string Path, string DigestKind, string Digest, long SizeBytes);

/// <summary>A file of configuration that was changed on the server and comes anew.</summary>
/// <param name="NewBeside">The server's stays; otherwise the new one takes its place.</param>
internal sealed record DnfConfigurationFile(string Path, string Package, bool NewBeside);
