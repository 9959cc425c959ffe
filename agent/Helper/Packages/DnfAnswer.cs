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
/// <param name="StoppedUnits">Services that go away with their packages.</param>
/// <param name="PackageStateHash">SHA-256, hexadecimal.</param>
internal sealed record DnfPlan(
    IReadOnlyList<DnfChange> Changes,
    IReadOnlyList<DnfConfigurationFile> ConfigurationFiles,
    IReadOnlyDictionary<string, IReadOnlyList<string>> KeyFiles,
    IReadOnlyList<string> RestartedUnits,
    IReadOnlyList<string> StoppedUnits,
    bool RebootNeeded,
    long InstalledGrowthBytes,
    long FreeBytes,
    string PackageStateHash);

/// <summary>One package that comes or goes.</summary>
/// <param name="Action">A name of PackageAction, without its prefix.</param>
/// <param name="Asked">Whether it was asked for, or else needed.</param>
/// <param name="OldArchitecture">Of what is replaced; empty when nothing is.</param>
/// <param name="OldFileMissing">Why there is no file of what is replaced; empty when there is one, or nothing is replaced.</param>
/// <param name="File">What it brings; absent when it goes.</param>
/// <param name="OldFile">The file of what is replaced; absent when nothing is, or it is not to be had.</param>
internal sealed record DnfChange(
    string Action,
    string Name,
    string Architecture,
    string OldVersion,
    string NewVersion,
    bool Asked,
    string OldArchitecture,
    string OldVendor,
    string OldFileMissing,
    IReadOnlyList<string> Advisories,
    DnfFile? File = null,
    DnfFile? OldFile = null);

/// <summary>A file that was fetched or was kept here, what is told of it, and what its header says.</summary>
/// <param name="DigestKind">"sha256".</param>
/// <param name="Digest">Hexadecimal.</param>
/// <param name="Repository">Where it comes from.</param>
/// <param name="Vendor">As its header says.</param>
/// <param name="HeaderName">"name-epoch:version-release.architecture" as its header says.</param>
internal sealed record DnfFile(string Path, string DigestKind, string Digest, long SizeBytes, string Repository, string Vendor, string HeaderName);

/// <summary>A file of configuration that was changed on the server and comes anew.</summary>
/// <param name="NewBeside">The server's stays; otherwise the new one takes its place.</param>
internal sealed record DnfConfigurationFile(string Path, string Package, bool NewBeside);
