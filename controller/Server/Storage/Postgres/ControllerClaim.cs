using System.Data.Common;
using Dapper;

namespace HaiSoft.Controller.Storage.Postgres;

/// <summary>
/// Two advisory locks of the database. The first belongs to the one controller that runs on it, from its start to its end: the
/// server lets go of it when the connection ends, however that happens. The second is taken by every transaction that writes,
/// so that a command beside the running controller waits for its turn, as <c>BEGIN IMMEDIATE</c> has it on SQLite.
/// </summary>
internal static class ControllerClaim
{
    // "haisoft" in ASCII, then which of the two.
    private const long Claim = 0x68_61_69_73_6F_66_74_01;
    private const long Turn = 0x68_61_69_73_6F_66_74_02;

    // A session that was cut off, perhaps this controller's own, lets go a moment after its client knows.
    private const int MostTries = 10;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private static readonly string Take = $"SELECT pg_try_advisory_lock({Claim})";
    private static readonly string Wait = $"SELECT pg_advisory_xact_lock({Turn})";

    private static readonly string Holder = $"""
        SELECT COALESCE(host(a.client_addr), 'this machine') AS place, a.application_name AS program, a.pid,
          to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') AS since
        FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND (l.classid::bigint << 32) + l.objid::bigint = {Claim}
        """;

    public static async Task TakeAsync(DbConnection writer, string database, CancellationToken cancellationToken)
    {
        for (int tries = 0; tries < MostTries; tries++)
        {
            if (await writer.QuerySingleAsync<bool>(new CommandDefinition(Take, cancellationToken: cancellationToken)))
                return;
            await Task.Delay(BetweenTries, TimeProvider.System, cancellationToken);
        }

        HolderRow? holder = await writer.QueryFirstOrDefaultAsync<HolderRow>(new CommandDefinition(Holder, cancellationToken: cancellationToken));
        throw new StoreClaimedException(
            $"{database} is in use by another controller{holder?.Words}. Only one may write in this version: stop that one first, or name "
            + "another database. If its machine is dead, PostgreSQL notices within a minute (or: SELECT pg_terminate_backend(PID)).");
    }

    public static Task WriteAloneAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(Wait, transaction: transaction, cancellationToken: cancellationToken));

    private sealed record HolderRow(string Place, string Program, int Pid, string Since)
    {
        public string Words => $" ({Program} on {Place}, server process {Pid}, since {Since} UTC)";
    }
}
