using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Reports of one agent, verified, that wait to be written.</summary>
/// <param name="ServerId">The server.</param>
/// <param name="Epoch">The spool's epoch.</param>
/// <param name="Reports">In order of their sequences.</param>
/// <param name="Clock">Brings the agent's times to ours.</param>
/// <param name="ReceivedAt">When they came.</param>
/// <param name="Urgent">Sent in place of a spooled record: absorbed by its id, never acknowledged.</param>
internal sealed record IngestItem(
    string ServerId, string Epoch, IReadOnlyList<Report> Reports, AgentClock Clock, DateTimeOffset ReceivedAt, bool Urgent)
{
    /// <summary>Ends when the reports are durable, or could not be made so.</summary>
    public TaskCompletionSource<IngestResult> Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What became of reports.</summary>
/// <param name="LastDurable">The highest sequence that is durable in their epoch.</param>
/// <param name="Gap">Sequences are missing before them.</param>
internal readonly record struct IngestResult(long LastDurable, bool Gap);
