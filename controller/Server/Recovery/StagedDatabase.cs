using Dapper;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Recovery;

/// <summary>A database that was unpacked and is not in its place yet.</summary>
internal static class StagedDatabase
{
    // What was used up after the backup would be good once more.
    private const string SpendOneTimeSecrets = """
        UPDATE sign_in_links SET withdrawn_time = @now WHERE used_time IS NULL AND withdrawn_time IS NULL;
        UPDATE enrolment_tokens SET expiry_time = @now WHERE used_time IS NULL AND expiry_time > @now;
        """;

    /// <summary>Verifies it, brings it to this version's schema, and notes in it that it was restored.</summary>
    /// <exception cref="StartRefusedException">It is damaged, or of a newer version.</exception>
    public static async Task PrepareAsync(
        string folder, BackupManifest backup, TimeProvider time, ILogger<Migrator> logger, CancellationToken cancellationToken)
    {
        using StoreConnections connections = new(Options.Create(new StoreOptions { DataFolder = folder }));
        await using WriteGate gate = new(connections, time);
        await connections.Engine.VerifyAsync(cancellationToken);
        await new Migrator(connections, gate, time, logger).ApplyAsync(cancellationToken);
        await gate.WriteAsync((session, token) => NoteAsync(session, backup, token), cancellationToken);
    }

    private static async Task NoteAsync(WriteSession session, BackupManifest backup, CancellationToken cancellationToken)
    {
        await session.Connection.ExecuteAsync(new CommandDefinition(
            SpendOneTimeSecrets, new { now = session.Now.ToUnixMicroseconds() }, session.Transaction, cancellationToken: cancellationToken));
        await new AuditLog().AppendAsync(
            session,
            new("controller", "store.restore", "store:sqlite", new Dictionary<string, string> { ["backup"] = $"{backup.MadeTime:u}" }),
            cancellationToken);
    }
}
