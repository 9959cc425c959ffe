using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Links;

/// <summary>
/// An enabled link of the hardware that had its carrier within the day and has lost it (Linux sysfs: /sys/class/net/*/carrier).
/// In a bond the server still is reachable: degrading. A port that nobody plugged anything into is no fault.
/// </summary>
internal static class CarrierLost
{
    public static Verdict? Judge(LinkFacts now, History<LinkFacts> history)
    {
        bool had = history.Baseline?.Facts.Carrier == true || history.Previous?.Facts.Carrier == true || history.Next?.Facts.Carrier == true;
        if (now is not { Enabled: true, Carrier: false, Physical: true } || !had)
            return null;
        Evidence evidence = new("carrier", "0");
        return now.Bond is { } bond
            ? Verdict.Degrading("link.bond", $"{now.Name} has lost its carrier; {bond} runs on what is left", evidence)
            : Verdict.Failed("link.lost", $"{now.Name} has lost its carrier", evidence);
    }
}
