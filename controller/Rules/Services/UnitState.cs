using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Services;

/// <summary>
/// A systemd unit (systemd.unit(5), org.freedesktop.systemd1(5)). "failed" is unambiguous; a main service that is enabled and
/// not active is down when it holds; one that crashes again and again sits in "activating (auto-restart)" or only raises
/// NRestarts, and is down too.
/// </summary>
internal static class UnitState
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private const int Loop = 3;

    public static Verdict? Judge(ServiceFacts now, UnitSeen unit, UnitSeen? before)
    {
        Evidence[] evidence =
        [
            new("ActiveState", $"{unit.ActiveState} ({unit.SubState})"),
            new("Result", unit.Result),
            new("UnitFileState", unit.UnitFileState),
            new("NRestarts", Growth.Text(unit.RestartCount)),
        ];
        return (unit.LoadState, unit.ActiveState, unit.SubState) switch
        {
            ("not-found", _, _) => Verdict.Failed("unit.not-found", $"{now.Name} is not installed any more", evidence),
            ("masked", _, _) => Verdict.Failed("unit.masked", $"{now.Name} is masked: it cannot start", evidence),
            (_, "failed", _) => Verdict.Failed("unit.failed", $"{now.Name} is down: it failed ({unit.Result})", evidence).AtOnce(),
            (_, "activating", "auto-restart" or "auto-restart-queued") =>
                Verdict.Failed("unit.loop", $"{now.Name} is down: it crashes and is restarted again and again", evidence),
            (_, "activating", _) => now.At - unit.StateChangedAt > StartLimit
                ? Verdict.Failed("unit.starting", $"{now.Name} is down: it has been starting for minutes", evidence)
                : null,
            (_, "inactive", _) => JudgeInactive(now, unit, evidence),
            (_, "active" or "reloading" or "refreshing", _) => JudgeRestarts(now, unit, before, evidence),
            _ => null,
        };
    }

    private static Verdict JudgeInactive(ServiceFacts now, UnitSeen unit, Evidence[] evidence) =>
        unit.UnitFileState is "disabled" && now.Discovered
            ? Verdict.Healthy($"{now.Name} is switched off", evidence)
            : Verdict.Failed("unit.inactive", $"{now.Name} is down: it is {unit.UnitFileState} and not running", evidence);

    // Restarts since the last check: one is told, three or more are a loop that polling happened to meet at a good moment.
    private static Verdict JudgeRestarts(ServiceFacts now, UnitSeen unit, UnitSeen? before, Evidence[] evidence) =>
        Growth.Of(unit.RestartCount, before?.RestartCount) switch
        {
            >= Loop => Verdict.Failed("unit.loop", $"{now.Name} crashes and is restarted again and again", evidence).AtOnce(),
            > 0 => Verdict.Degrading("unit.restarted", $"{now.Name} crashed and was restarted", evidence),
            _ => Verdict.Healthy($"{now.Name} is {unit.ActiveState} ({unit.SubState})", evidence),
        };
}
