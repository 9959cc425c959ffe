using System.Globalization;
using HaiSoft.Agent.Readings;
using HaiSoft.Protocol.Helper.V1;

namespace HaiSoft.Agent.Hardware;

/// <summary>The helper's words for how a run ended, in ours.</summary>
internal static class ToolRuns
{
    public static ToolOutput Read(ToolRun run) => new(run.Tool, run.Subject, Problem(run), run.ExitStatus, run.Output.Memory);

    private static Unavailability? Problem(ToolRun run)
    {
        string after = string.Create(CultureInfo.InvariantCulture, $"after {run.Duration?.ToTimeSpan().TotalSeconds ?? 0:0.#} s");
        return run.Outcome switch
        {
            ToolOutcome.Ended => null,
            ToolOutcome.Missing => new(UnavailableReason.ToolMissing, $"{run.Tool} is not installed"),
            ToolOutcome.TimedOut => new(UnavailableReason.TimedOut, $"{run.Tool} did not end and was killed {after}"),
            ToolOutcome.TooLarge => new(UnavailableReason.TooLarge, $"{run.Tool} printed more than its bound and was killed {after}"),
            ToolOutcome.NotStarted => new(UnavailableReason.ToolFailed, $"{run.Tool} could not be started: {run.ErrorOutput}"),
            _ => new(UnavailableReason.NotUnderstood, $"the helper says of {run.Tool} what this agent does not know"),
        };
    }
}
