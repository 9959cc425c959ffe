using Dapper;
using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Findings;

/// <summary>Opens and closes findings by hand SQL. At most one of a component is open, which the schema enforces.</summary>
internal static class FindingTable
{
    private const string Insert = """
        INSERT INTO findings (finding_id, server_id, component_id, health, title, reason, evidence, detected_time)
        VALUES (@FindingId, @ServerId, @ComponentId, @Health, @Title, @Reason, @Evidence, @DetectedTime)
        """;

    private const string Close = """
        UPDATE findings SET recovered_time = @at WHERE server_id = @ServerId AND component_id = @ComponentId AND recovered_time IS NULL
        RETURNING incident_number
        """;

    private const string Alter = """
        UPDATE findings SET title = @Title, reason = @Reason, evidence = @Evidence
        WHERE server_id = @ServerId AND component_id = @ComponentId AND recovered_time IS NULL
        RETURNING incident_number
        """;

    /// <summary>Makes a finding.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> OpenAsync(
        WriteSession session, ComponentRow component, DateTimeOffset detectedAt, Verdict verdict, CancellationToken cancellationToken)
    {
        string id = NewId.At(session.Now);
        await session.Connection.ExecuteAsync(new CommandDefinition(
            Insert,
            new
            {
                FindingId = id,
                component.ServerId,
                component.ComponentId,
                Health = (int)verdict.Health,
                component.Title,
                verdict.Reason,
                Evidence = CanonicalEvidence.Write(verdict.Evidence),
                DetectedTime = detectedAt.ToUnixMicroseconds(),
            },
            session.Transaction,
            cancellationToken: cancellationToken));
        return id;
    }

    /// <summary>Closes what is open of a component.</summary>
    /// <returns>Whether a finding was open, and its incident.</returns>
    public static async Task<(bool Found, long? Incident)> CloseAsync(
        WriteSession session, ComponentRow component, DateTimeOffset at, CancellationToken cancellationToken) =>
        One(await session.Connection.QueryAsync<long?>(new CommandDefinition(
            Close,
            new { component.ServerId, component.ComponentId, at = at.ToUnixMicroseconds() },
            session.Transaction,
            cancellationToken: cancellationToken)));

    /// <summary>Tells the open finding in the words of a new verdict.</summary>
    /// <returns>Whether a finding was open, and its incident.</returns>
    public static async Task<(bool Found, long? Incident)> AlterAsync(
        WriteSession session, ComponentRow component, Verdict verdict, CancellationToken cancellationToken) =>
        One(await session.Connection.QueryAsync<long?>(new CommandDefinition(
            Alter,
            new
            {
                component.ServerId,
                component.ComponentId,
                component.Title,
                verdict.Reason,
                Evidence = CanonicalEvidence.Write(verdict.Evidence),
            },
            session.Transaction,
            cancellationToken: cancellationToken)));

    private static (bool, long?) One(IEnumerable<long?> incidents)
    {
        long?[] all = [.. incidents];
        return all.Length == 0 ? (false, null) : (true, all[0]);
    }
}
