using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Sources;

/// <summary>Judges the agent itself. Its silence is neither healthy nor an outage (SLA 3.3).</summary>
public static class AgentRules
{
    /// <summary>A part of the agent failed, or works again.</summary>
    public static Verdict JudgePart(string part, bool failing, string detail) => failing
        ? Verdict.Failed("agent.part", $"{part} does not work: {detail}", new Evidence("detail", detail)).AtOnce()
        : Verdict.Healthy($"{part} works").AtOnce();

    /// <summary>The controller could not judge a report, and set it aside.</summary>
    public static Verdict NotJudged(string kind, string epoch, long sequence, string reason) => Verdict.Failed(
        "agent.report",
        $"A report could not be judged: {kind}, {reason}. It is set aside; what it shows is not known",
        new Evidence("report", $"{kind} {sequence} of spool {epoch}"),
        new Evidence("reason", reason)).AtOnce();

    /// <summary>Every report was judged for some time.</summary>
    public static Verdict AllJudged() => Verdict.Healthy("All reports are judged").AtOnce();

    /// <summary>The controller hears the agent.</summary>
    public static Verdict Heard() => Verdict.Healthy("The controller hears the agent").AtOnce();

    /// <summary>More than one machine speaks for the agent: its key was copied, or its machine was (DESIGN 4).</summary>
    public static Verdict IdentityInDoubt() => Verdict.Failed(
        "agent.identity",
        "The agent's identity is in doubt: more than one machine uses it, or one that was put back from an older image").AtOnce();

    /// <summary>One machine alone speaks for the agent, as a technician decided.</summary>
    public static Verdict IdentityTrusted() => Verdict.Healthy("One machine speaks for the agent").AtOnce();

    /// <summary>The controller has not heard the agent for some time.</summary>
    public static Verdict Silent(TimeSpan time) => Verdict.Unknown(
        "agent.silent",
        $"Nothing was heard of the agent for {(int)time.TotalMinutes} minutes: what the server does is not known",
        new Evidence("silent for", $"{(int)time.TotalMinutes} min")).AtOnce();
}
