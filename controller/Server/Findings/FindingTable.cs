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
        RETURNING finding_id
        """;

    private const string Alter = """
        UPDATE findings SET title = @Title, reason = @Reason, evidence = @Evidence
        WHERE server_id = @ServerId AND component_id = @ComponentId AND recovered_time IS NULL
        RETURNING finding_id
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
    /// <returns>The finding; absent when none was open.</returns>
    public static Task<string?> CloseAsync(
        WriteSession session, ComponentRow component, DateTimeOffset at, CancellationToken cancellationToken) =>
        session.Connection.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            Close,
            new { component.ServerId, component.ComponentId, at = at.ToUnixMicroseconds() },
            session.Transaction,
            cancellationToken: cancellationToken));

    /// <summary>Tells the open finding in the words of a new verdict.</summary>
    /// <returns>The finding; absent when none was open.</returns>
    public static Task<string?> AlterAsync(
        WriteSession session, ComponentRow component, Verdict verdict, CancellationToken cancellationToken) =>
        session.Connection.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
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
            cancellationToken: cancellationToken));
}
