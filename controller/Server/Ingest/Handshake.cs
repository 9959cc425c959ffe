using Dapper;
using Grpc.Core;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Rules.Sources;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Takes an agent's Hello in, and its farewell.</summary>
internal sealed class Handshake(WriteGate gate, Correlation correlation, Configurations configurations)
{
    private const string Connected = """
        INSERT INTO agent_links (server_id, agent_version, boot_id, configuration_version, clock_offset_microseconds, connected_time)
        VALUES (@ServerId, @Version, @BootId, @Configuration, @Offset, @Now)
        ON CONFLICT (server_id) DO UPDATE SET agent_version = excluded.agent_version, boot_id = excluded.boot_id,
          configuration_version = excluded.configuration_version,
          clock_offset_microseconds = excluded.clock_offset_microseconds, connected_time = excluded.connected_time,
          disconnected_time = NULL
        """;

    private const string OtherEpochs = "SELECT COUNT(*) FROM agent_epochs WHERE server_id = @serverId AND epoch <> @epoch";

    /// <summary>Verifies who speaks and what it says, and notes that it is connected.</summary>
    /// <exception cref="RpcException">It is not who it says, or says what cannot be.</exception>
    public async Task<Accepted> AcceptAsync(AgentIdentity identity, Hello hello, CancellationToken cancellationToken)
    {
        if (hello.AgentId != identity.AgentId)
        {
            throw new RpcException(new(
                StatusCode.PermissionDenied,
                "hello.agent_id is not the one of the certificate: every agent needs its own identity; enrol this one again."));
        }

        if (HelloFaults.Find(hello) is { } fault)
            throw new RpcException(new(StatusCode.InvalidArgument, fault));
        Accepted accepted = await gate.WriteAsync(
            (session, token) => AcceptAsync(session, identity.ServerId, hello, token), cancellationToken);
        return accepted with { Configuration = await configurations.OfAsync(identity.ServerId, cancellationToken) };
    }

    /// <summary>Notes that the last stream of a server's agent ended: from now on it may become silent.</summary>
    public Task CloseAsync(string serverId) =>
        gate.WriteAsync(
            (session, token) => session.Connection.ExecuteAsync(new CommandDefinition(
                "UPDATE agent_links SET disconnected_time = @now WHERE server_id = @serverId AND disconnected_time IS NULL",
                new { serverId, now = session.Now.ToUnixMicroseconds() },
                session.Transaction,
                cancellationToken: token)),
            CancellationToken.None);

    private async Task<Accepted> AcceptAsync(WriteSession session, string serverId, Hello hello, CancellationToken cancellationToken)
    {
        ServerRecord record = await ServerRecord.FindAsync(session, serverId, cancellationToken)
            ?? throw new RpcException(new(StatusCode.PermissionDenied, "This agent's server is not in the records any more."));
        AgentClock clock = new(session.Now, hello.SentTime.ToDateTimeOffset(), hello.SentUptime.ToTimeSpan(), hello.BootId);
        await NoteAsync(session, serverId, hello, clock, cancellationToken);
        await HearAsync(session, serverId, record, cancellationToken);
        long? durable = await SpoolTable.LastDurableAsync(session, serverId, hello.SpoolEpoch, cancellationToken);
        if (durable is null)
            await SpoolTable.AdvanceAsync(session, serverId, hello.SpoolEpoch, 0, cancellationToken);
        await WarnAsync(session, serverId, hello, clock, durable, cancellationToken);
        bool newEpoch = durable is null
            && (hello.FirstHeldSequence > 1 || await HasOtherEpochAsync(session, serverId, hello.SpoolEpoch, cancellationToken));
        return new(durable ?? 0, clock, newEpoch, hello.ConfigurationVersion, Configuration: null);
    }

    private static Task<int> NoteAsync(
        WriteSession session, string serverId, Hello hello, AgentClock clock, CancellationToken cancellationToken) =>
        session.Connection.ExecuteAsync(new CommandDefinition(
            Connected,
            new
            {
                ServerId = serverId,
                Version = hello.AgentVersion,
                hello.BootId,
                Configuration = hello.ConfigurationVersion,
                Offset = (long)clock.Offset.TotalMicroseconds,
                Now = session.Now.ToUnixMicroseconds(),
            },
            session.Transaction,
            cancellationToken: cancellationToken));

    private async Task HearAsync(WriteSession session, string serverId, ServerRecord record, CancellationToken cancellationToken)
    {
        Judgement judgement = await Judgement.BeginAsync(session, serverId, cancellationToken);
        await judgement.ObserveAsync(
            new ObservedVerdict(AgentComponents.Link, ComponentKind.Agent, AgentComponents.LinkTitle, session.Now, AgentRules.Heard()),
            cancellationToken);
        await correlation.ApplyAsync(session, record.Dedicated, judgement.Changes, cancellationToken);
    }

    private static async Task WarnAsync(
        WriteSession session, string serverId, Hello hello, AgentClock clock, long? durable, CancellationToken cancellationToken)
    {
        string? off = clock.IsOff
            ? $"The server's clock is {Words(clock.Offset)}; times are corrected. Set it (NTP)"
            : null;
        await ServerWarnings.SetOrClearAsync(session, serverId, ServerWarnings.Clock, off, cancellationToken);
        string? back = durable > hello.LastWrittenSequence
            ? $"The agent's spool ends at {hello.LastWrittenSequence}, but {durable} was acknowledged: it was restored or damaged; "
                + "what it reports again under the same numbers is not taken. Stop the agent, remove its spool folder, start it"
            : null;
        await ServerWarnings.SetOrClearAsync(session, serverId, ServerWarnings.SpoolBack, back, cancellationToken);
    }

    private static async Task<bool> HasOtherEpochAsync(
        WriteSession session, string serverId, string epoch, CancellationToken cancellationToken) =>
        await session.Connection.QuerySingleAsync<long>(new CommandDefinition(
            OtherEpochs, new { serverId, epoch }, session.Transaction, cancellationToken: cancellationToken)) > 0;

    private static string Words(TimeSpan offset)
    {
        // What the way here took is no part of it: a clock that is a day ahead is not 23 h 59 min ahead.
        TimeSpan off = TimeSpan.FromMinutes(Math.Round(offset.Duration().TotalMinutes));
        string much = off.TotalDays >= 1 ? $"{(int)off.TotalDays} d {off.Hours} h" : off.TotalHours >= 1 ? $"{off.Hours} h {off.Minutes} min" : $"{off.Minutes} min";
        return offset > TimeSpan.Zero ? $"{much} behind" : $"{much} ahead";
    }
}

/// <summary>A Hello that was accepted.</summary>
/// <param name="LastDurable">The highest durable sequence of its epoch; 0 for none.</param>
/// <param name="Clock">Brings the agent's times to ours.</param>
/// <param name="NewEpoch">The controller knew this server by another spool: it needs the whole state again.</param>
/// <param name="AgentConfiguration">The configuration that the agent works by; 0 for its defaults.</param>
/// <param name="Configuration">The configuration that it should work by; absent when nobody set any.</param>
internal sealed record Accepted(
    long LastDurable, AgentClock Clock, bool NewEpoch, long AgentConfiguration, Configuration? Configuration);
