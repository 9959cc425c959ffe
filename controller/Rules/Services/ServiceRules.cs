using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Services;

/// <summary>Judges one check of a service.</summary>
public static class ServiceRules
{
    /// <summary>The verdict; absent for one that says nothing either way, such as a unit that is just starting.</summary>
    public static Verdict? Judge(ServiceFacts now, History<ServiceFacts> history, ServiceThresholds thresholds) => now.Seen switch
    {
        UnitSeen unit => UnitState.Judge(now, unit, history.Previous?.Facts.Seen as UnitSeen),
        ConnectionSeen connection => ConnectionState.Judge(now.Name, connection.Outcome)
            ?? Verdict.Healthy($"{now.Name} takes connections"),
        HttpSeen http => HttpState.Judge(now, http, thresholds),
        FileSystemSeen room => FileSystemState.Judge(now.Name, room, thresholds),
        CheckNotMade trouble => Verdict.Unknown(
            "check.not-made", $"{now.Name} could not be checked: {trouble.Why}", new Evidence("trouble", trouble.Why)),
        _ => throw new ArgumentOutOfRangeException(nameof(now)),
    };
}
