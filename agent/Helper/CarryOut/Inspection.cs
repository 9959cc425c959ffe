using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Helper.CarryOut;

/// <summary>Judges what became of a plan by what is there, whatever the package manager said.</summary>
/// <param name="ready">What was approved.</param>
/// <param name="before">What was there.</param>
/// <param name="now">What is there; null when that cannot be told.</param>
/// <param name="failedScripts">The packages' scripts that failed.</param>
/// <param name="units">The services that the plan names.</param>
internal sealed class Inspection(ReadyPlan ready, Found before, Found? now, IReadOnlyList<string> failedScripts, IReadOnlyList<UnitOutcome> units)
{
    private const int MostProblems = 100;
    private readonly Plan _plan = ready.Content;
    private readonly Found _now = now ?? new Found([], ["What is installed cannot be told."]);

    /// <summary>The packages are as they were, in every file.</summary>
    public bool IsUnchanged => _now.Installed.ToHashSet().SetEquals(before.Installed) && !Problems.Any()
        && _plan.Changes.All(change => change.Action != PackageAction.Reinstall);

    /// <summary>Why it is not what was approved; null when it is.</summary>
    public OrderFailure? Failure =>
        failedScripts.Count > 0 ? OrderFailure.Script
        : !_plan.Changes.All(IsDone) || Problems.Any() ? OrderFailure.Incomplete
        : units.Any(unit => !unit.RunsNow && (unit.RanBefore || ready.EnabledUnits.Contains(unit.Unit))) ? OrderFailure.Service
        : null;

    /// <summary>Everything that was found.</summary>
    public OrderOutcome Outcome => new()
    {
        Packages = { _plan.Changes.Select(change => new PackageOutcome { Name = change.Name, Architecture = change.Architecture, InstalledVersions = { Versions(change, _now) }, Done = IsDone(change) }) },
        FailedScripts = { failedScripts },
        Problems = { Problems.Take(MostProblems) },
        Units = { units },
        RebootNeeded = _plan.RebootNeeded,
    };

    private IEnumerable<string> Problems => _now.Problems.Except(before.Problems);

    private bool IsDone(PackageChange change)
    {
        var versions = Versions(change, _now).ToList();
        return change.NewVersion.Length == 0
            ? !versions.Contains(change.OldVersion)
            : versions.Contains(change.NewVersion) && (change.OldVersion.Length == 0 || change.OldVersion == change.NewVersion || !versions.Contains(change.OldVersion));
    }

    // A package may change between an architecture of its own and none.
    private static IEnumerable<string> Versions(PackageChange change, Found found) => found.Installed
        .Where(package => package.Name == change.Name && (package.Architecture == change.Architecture || package.Architecture == "noarch" || change.Architecture == "noarch"))
        .Select(package => package.Version)
        .Order(StringComparer.Ordinal);
}
