using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Rules.Services;

/// <summary>A connection to the server itself. A hung service times out: it is down as much as one that refuses.</summary>
internal static class ConnectionState
{
    public static Verdict? Judge(string name, ConnectionOutcome outcome) => outcome switch
    {
        ConnectionOutcome.Open => null,
        ConnectionOutcome.Refused =>
            Verdict.Failed("connection.refused", $"{name} is down: the connection is refused", new Evidence("connection", "refused")),
        ConnectionOutcome.TimedOut =>
            Verdict.Failed("connection.timed-out", $"{name} is down: it does not answer in time", new Evidence("connection", "timed out")),
        ConnectionOutcome.Failed =>
            Verdict.Failed("connection.failed", $"{name} is down: the connection breaks", new Evidence("connection", "failed")),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
