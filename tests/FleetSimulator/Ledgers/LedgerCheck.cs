using System.Data.Common;

namespace HaiSoft.FleetSimulator.Ledgers;

/// <summary>What comparing a ledger with a controller's database showed.</summary>
/// <param name="Acknowledged">Reports in the ledger.</param>
/// <param name="Epochs">Spools that they came from.</param>
/// <param name="EpochsBehind">Spools of which the database knows less than it acknowledged. Must be none.</param>
/// <param name="MeasurementsLost">Acknowledged measurements that the database does not hold. Must be none.</param>
/// <param name="MeasurementsExtra">
/// Measurements of these servers, since the ledger's first, that are not in it. None when the run has settled: more would be a report shown twice.
/// </param>
/// <param name="IncidentsTwice">Incidents that were opened for a fault that had an open one. Must be none.</param>
/// <param name="Faults">The faults that follow from it; none may be miscounted.</param>
internal sealed record LedgerCheck(
    long Acknowledged, long Epochs, long EpochsBehind, long MeasurementsLost, long MeasurementsExtra, long IncidentsTwice, LedgerFaults Faults)
{
    private const string Behind = """
        SELECT count(*) FROM (SELECT server_id, epoch, max(sequence) AS acknowledged FROM ledger GROUP BY server_id, epoch) AS l
        LEFT JOIN agent_epochs e ON e.server_id = l.server_id AND e.epoch = l.epoch
        WHERE coalesce(e.last_durable_sequence, 0) < l.acknowledged
        """;

    private const string Twice = """
        SELECT count(*) FROM incidents i JOIN incidents later ON later.server_id = i.server_id AND later.correlation_key = i.correlation_key
          AND later.incident_number > i.incident_number AND later.opened_time < coalesce(i.resolved_time, later.opened_time + 1)
        """;

    /// <summary>Nothing that was acknowledged is missing, nothing is there twice.</summary>
    public bool Holds => EpochsBehind == 0 && MeasurementsLost == 0 && MeasurementsExtra == 0 && IncidentsTwice == 0 && Faults.Miscounted.Count == 0;

    /// <summary>Compares a ledger's file with the database.</summary>
    public static LedgerCheck Of(string ledger, LedgerDatabase database)
    {
        Load(ledger, database);
        LedgerMeasurements measurements = LedgerMeasurements.Of(database);
        return new LedgerCheck(
            database.Number("SELECT count(*) FROM ledger"),
            database.Number("SELECT count(*) FROM (SELECT DISTINCT server_id, epoch FROM ledger) AS spools"),
            database.Number(Behind),
            measurements.Lost,
            measurements.Extra,
            database.Number(Twice),
            LedgerFaults.Of(Entries(ledger), database));
    }

    /// <summary>What <c>check</c> prints.</summary>
    public override string ToString() => string.Join('\n', Faults.Miscounted.Prepend(
        $"{Acknowledged} acknowledged reports of {Epochs} spools: {EpochsBehind} spools behind, {MeasurementsLost} measurements lost, "
        + $"{MeasurementsExtra} not acknowledged, {IncidentsTwice} incidents open twice, {Faults.Findings} faults, of {Faults.Miscounted.Count} services miscounted"));

    private static IEnumerable<LedgerEntry> Entries(string ledger) => File.ReadLines(ledger).Select(LedgerEntry.Parse).OfType<LedgerEntry>();

    private static void Load(string ledger, LedgerDatabase database)
    {
        database.Run(
            "CREATE TEMP TABLE ledger (server_id TEXT, epoch TEXT, sequence BIGINT, observed_time BIGINT, readings BIGINT, metric TEXT, mark DOUBLE PRECISION)");
        using DbTransaction transaction = database.Connection.BeginTransaction();
        using DbCommand insert = database.Command(
            "INSERT INTO ledger VALUES (coalesce((SELECT server_id FROM servers WHERE name = @server), @server), @epoch, @sequence, @observed, @readings, @metric, @mark)",
            ("server", ""), ("epoch", ""), ("sequence", 0L), ("observed", 0L), ("readings", 0L), ("metric", ""), ("mark", 0d));
        foreach (LedgerEntry entry in Entries(ledger))
        {
            object[] values =
            [
                entry.Server, entry.Epoch, entry.Sequence, entry.ObservedMicroseconds, (long)entry.Readings, entry.Mark?.Metric ?? "", entry.Mark?.Value ?? 0,
            ];
            for (int index = 0; index < values.Length; index++)
                insert.Parameters[index].Value = values[index];
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        database.Run("CREATE INDEX ledger_rows ON ledger (server_id, observed_time)");
    }
}
