using System.Text.Json.Serialization;

namespace HaiSoft.Agent.Helper.CarryOut;

/// <summary>What operate.py is asked. Everything in it comes from a plan that was approved.</summary>
/// <param name="Verb">"look", "change" or "repair".</param>
/// <param name="Root">The root of the system whose packages these are: "/".</param>
/// <param name="WorkFolder">For what dnf writes besides.</param>
/// <param name="LockFile">Locked while packages are changed.</param>
/// <param name="FailedScriptsFile">Gets a line for each script that failed, at once.</param>
/// <param name="EndFile">Gets how a change ended, when it ended.</param>
/// <param name="KeyFiles">The keys, armoured, that the plan's files are signed with.</param>
/// <param name="WaitSeconds">How long another program may hold the package manager's lock.</param>
/// <param name="Changes">The plan's.</param>
internal sealed record OperateRequest(
    string Verb,
    string Root,
    string WorkFolder,
    string LockFile,
    string FailedScriptsFile,
    string EndFile,
    IReadOnlyList<string> KeyFiles,
    int WaitSeconds,
    IReadOnlyList<OperateChange> Changes);

/// <summary>A package that comes or goes.</summary>
/// <param name="Action">A name of PackageAction, in capitals.</param>
/// <param name="File">Its kept file; empty when it goes.</param>
internal sealed record OperateChange(string Action, string Name, string Architecture, string OldVersion, string NewVersion, string File);

/// <summary>A line of operate.py: one of these.</summary>
/// <param name="Output">What the package manager or a script printed.</param>
internal sealed record OperateLine(OperateProgress? Progress = null, string? Output = null, Found? Found = null, OperateEnd? Ended = null);

/// <summary>How far it is.</summary>
/// <param name="Phase">A name of OrderPhase, in capitals.</param>
internal sealed record OperateProgress(string Phase, int Done, int Total, string Subject);

/// <summary>How a change ended.</summary>
/// <param name="Reason">A name of OrderFailure, in capitals; empty when the package manager says that all is well.</param>
internal sealed record OperateEnd(string Reason, string Detail);

/// <summary>What is installed.</summary>
/// <param name="Installed">All versions of the plan's packages.</param>
/// <param name="Problems">What does not hold together, a line each.</param>
internal sealed record Found(IReadOnlyList<FoundPackage> Installed, IReadOnlyList<string> Problems);

/// <summary>An installed package.</summary>
/// <param name="Version">"epoch:version-release".</param>
internal sealed record FoundPackage(string Name, string Architecture, string Version);

/// <summary>What was there before an operation: what inspection compares with.</summary>
/// <param name="RunningUnits">Of the services that the plan names, those that ran.</param>
internal sealed record Before(Found Found, IReadOnlyList<string> RunningUnits);

/// <summary>How they are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(OperateRequest))]
[JsonSerializable(typeof(OperateLine))]
[JsonSerializable(typeof(OperateEnd))]
[JsonSerializable(typeof(Before))]
internal sealed partial class OperateJson : JsonSerializerContext;
