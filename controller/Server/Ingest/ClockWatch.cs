using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Measures servers' clocks at each Hello, notices in between when they are set, and warns of what is wrong with them.</summary>
internal static class ClockWatch
{
    // A step is a thing of the day: what came after it is dated by the new time.
    private static readonly TimeSpan StepWarned = TimeSpan.FromDays(1);

    /// <summary>Takes the clock of a Hello in.</summary>
    public static void Hear(WriteSession session, string serverId, AgentClock clock)
    {
        ClockTable.Note(session, serverId, clock.Reading);
        string? off = clock.IsOff ? $"The server's clock is {ClockWords.Of(clock.Offset)}; times are corrected. Set it (NTP)" : null;
        ServerWarnings.SetOrClear(session, serverId, ServerWarnings.Clock, off);
        WarnOfStep(session, serverId, ClockTable.StepSince(session, serverId, session.Now - StepWarned));
    }

    /// <summary>Looks whether a report shows that the clock was set since the stream's Hello.</summary>
    public static void Look(WriteSession session, AgentStream stream, AgentClock clock, Report report)
    {
        ClockReading? after = clock.ReadingAfterStep(report.ObservedTime.ToDateTimeOffset(), report.ObservedUptime?.ToTimeSpan(), report.BootId);
        TimeSpan offset = after?.Offset ?? clock.Offset;
        if ((offset - (stream.ClockOffset ?? clock.Offset)).Duration() <= ClockReading.SmallestStep)
            return;
        // What is undone is to be noticed again.
        session.AfterCommit(() => stream.ClockOffset = offset);
        if (after is not null && ClockTable.Note(session, stream.ServerId, after).Step is { } step)
            WarnOfStep(session, stream.ServerId, step);
    }

    private static void WarnOfStep(WriteSession session, string serverId, TimeSpan? step) =>
        ServerWarnings.SetOrClear(
            session,
            serverId,
            ServerWarnings.ClockStep,
            step is { } set ? $"The server's clock was {ClockWords.OfStep(set)} within the last day; times are corrected" : null);
}
