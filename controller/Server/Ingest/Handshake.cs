using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Rules.Sources;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Takes an agent's Hello in, and its farewell, in the transaction that they share with others.</summary>
internal sealed class Handshake(SpoolPositions positions, AgentStreams streams, Correlation correlation)
{
    private static readonly Statement SelectConfigured = new("SELECT version FROM server_checks WHERE server_id = @server", "server");

    /// <summary>Notes that an agent is connected, and finds out where its spool stands.</summary>
    /// <returns>What it is welcomed with; absent when its server is not in the records any more.</returns>
    public async Task<Accepted?> AcceptAsync(
        WriteSession session, AgentStream stream, Hello hello, AgentClock clock, CancellationToken cancellationToken)
    {
        if (ServerRecord.Find(session, stream.ServerId) is not { } record)
            return null;
        LinkTable.Connect(session, stream.ServerId, hello, clock);
        await HearAsync(session, stream.ServerId, record, cancellationToken);
        SpoolPosition position = stream.Position ??= positions.Hold(stream.ServerId, stream.Epoch);
        long? durable = position.Last(session);
        bool newEpoch = durable is null
            && (hello.FirstHeldSequence > 1 || SpoolTable.HasOther(session, stream.ServerId, stream.Epoch));
        if (durable is null)
            position.Begin(session);
        ClockWatch.Hear(session, stream.ServerId, clock);
        Warn(session, stream.ServerId, hello, durable);
        return new(durable ?? 0, clock, newEpoch, hello.ConfigurationVersion, SelectConfigured.Find(session, stream.ServerId) is not null);
    }

    /// <summary>Notes that a stream ended. Unless another one was opened since, its server's agent may become silent from now on.</summary>
    public void Close(WriteSession session, AgentStream stream, DateTimeOffset connectedAt)
    {
        if (!streams.IsConnected(stream.ServerId))
            LinkTable.Disconnect(session, stream.ServerId, connectedAt, stream.LastReportAt);
    }

    /// <summary>The stream needs its spool's position no more.</summary>
    public void Release(AgentStream stream)
    {
        if (stream.Position is { } position)
            positions.Release(position);
        stream.Position = null;
    }

    private async Task HearAsync(WriteSession session, string serverId, ServerRecord record, CancellationToken cancellationToken)
    {
        Judgement judgement = Judgement.Begin(session, serverId);
        await judgement.ObserveAsync(
            new ObservedVerdict(AgentComponents.Link, ComponentKind.Agent, AgentComponents.LinkTitle, session.Now, AgentRules.Heard()),
            cancellationToken);
        await correlation.ApplyAsync(session, record.Dedicated, judgement.Changes, cancellationToken);
    }

    private static void Warn(WriteSession session, string serverId, Hello hello, long? durable)
    {
        string? back = durable > hello.LastWrittenSequence
            ? $"The agent's spool ends at {hello.LastWrittenSequence}, but {durable} was acknowledged: it was restored or damaged; "
                + "what it reports again under the same numbers is not taken. Stop the agent, remove its spool folder, start it"
            : null;
        ServerWarnings.SetOrClear(session, serverId, ServerWarnings.SpoolBack, back);
    }
}

/// <summary>A Hello that was accepted.</summary>
/// <param name="LastDurable">The highest durable sequence of its epoch; 0 for none.</param>
/// <param name="Clock">Brings the agent's times to ours.</param>
/// <param name="NewEpoch">The controller knew this server by another spool: it needs the whole state again.</param>
/// <param name="AgentConfiguration">The configuration that the agent works by; 0 for its defaults.</param>
/// <param name="IsConfigured">Somebody set how it should work.</param>
internal sealed record Accepted(long LastDurable, AgentClock Clock, bool NewEpoch, long AgentConfiguration, bool IsConfigured);
