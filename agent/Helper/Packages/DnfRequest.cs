using System.Text.Json.Serialization;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>What resolve.py is asked. Everything in it comes from the verified catalogue, or was judged by it.</summary>
/// <param name="Root">The root of the system whose packages these are: "/".</param>
/// <param name="CacheFolder">For the repositories' data.</param>
/// <param name="PersistFolder">For what dnf remembers.</param>
/// <param name="DownloadFolder">Where the packages' files are put.</param>
/// <param name="WorkFolder">Where the keys' files are put.</param>
/// <param name="Operation">"installPackages", "updatePackages", "securityUpdates" or "undo"; "packageState" to be told what is installed alone.</param>
/// <param name="Names">The packages that are named.</param>
/// <param name="Repositories">Those that packages are assigned to.</param>
/// <param name="Packages">By name: from where, and which versions.</param>
/// <param name="Denied">What may not come.</param>
/// <param name="KeptFolders">Where files of what is installed may be kept already.</param>
/// <param name="Undo">What is brought back; none for other operations.</param>
internal sealed record DnfRequest(
    string Root,
    string CacheFolder,
    string PersistFolder,
    string DownloadFolder,
    string WorkFolder,
    string Operation,
    IReadOnlyList<string> Names,
    IReadOnlyList<DnfRepository> Repositories,
    IReadOnlyDictionary<string, DnfPackage> Packages,
    IReadOnlyList<DnfDenied> Denied,
    IReadOnlyList<string> KeptFolders,
    IReadOnlyList<DnfUndone> Undo);

/// <summary>A repository and where it lies.</summary>
internal sealed record DnfRepository(string Id, IReadOnlyList<string> BaseUrls);

/// <summary>The one repository that a package may come from, and its versions; empty for no bound.</summary>
internal sealed record DnfPackage(string Repository, string AtLeast, string Below);

/// <summary>A package that may not come, in these versions; empty for no bound.</summary>
internal sealed record DnfDenied(string Name, string AtLeast, string Below);

/// <summary>A change of an order, which is undone.</summary>
/// <param name="Architecture">Of what it left; of what it removed, that one's.</param>
/// <param name="Version">What it left; empty for nothing.</param>
/// <param name="OldArchitecture">Of what it replaced; empty for nothing.</param>
/// <param name="OldVersion">What it replaced; empty for nothing.</param>
/// <param name="Asked">Whether it was asked for, or else needed.</param>
/// <param name="Path">The kept file of what it replaced; empty for nothing.</param>
/// <param name="Sha256">Of that file, hexadecimal.</param>
/// <param name="SizeBytes">Of that file.</param>
internal sealed record DnfUndone(
    string Name, string Architecture, string Version, string OldArchitecture, string OldVersion, bool Asked, string Path, string Sha256, long SizeBytes);

/// <summary>How requests and answers are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DnfRequest))]
[JsonSerializable(typeof(DnfAnswer))]
internal sealed partial class DnfJson : JsonSerializerContext;
