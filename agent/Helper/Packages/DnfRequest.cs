using System.Text.Json.Serialization;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>What resolve.py is asked. Everything in it comes from the verified catalogue, or was judged by it.</summary>
/// <param name="Root">The root of the system whose packages these are: "/".</param>
/// <param name="CacheFolder">For the repositories' data.</param>
/// <param name="PersistFolder">For what dnf remembers.</param>
/// <param name="DownloadFolder">Where the packages' files are put.</param>
/// <param name="WorkFolder">Where the keys' files are put.</param>
/// <param name="Operation">"installPackages", "updatePackages" or "securityUpdates"; "packageState" to be told what is installed alone.</param>
/// <param name="Names">The packages that are named.</param>
/// <param name="Repositories">Those that packages are assigned to.</param>
/// <param name="Packages">By name: from where, and which versions.</param>
/// <param name="Denied">What may not come.</param>
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
    IReadOnlyList<DnfDenied> Denied);

/// <summary>A repository and where it lies.</summary>
internal sealed record DnfRepository(string Id, IReadOnlyList<string> BaseUrls);

/// <summary>The one repository that a package may come from, and its versions; empty for no bound.</summary>
internal sealed record DnfPackage(string Repository, string AtLeast, string Below);

/// <summary>A package that may not come, in these versions; empty for no bound.</summary>
internal sealed record DnfDenied(string Name, string AtLeast, string Below);

/// <summary>How requests and answers are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DnfRequest))]
[JsonSerializable(typeof(DnfAnswer))]
internal sealed partial class DnfJson : JsonSerializerContext;
