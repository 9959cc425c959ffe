using System.Data.Common;

namespace HaiSoft.FleetSimulator.Ledgers;

/// <summary>The faults that must follow from what was acknowledged, compared with those that the controller holds.</summary>
/// <param name="Findings">How many there must be in all.</param>
/// <param name="Miscounted">Services of which the controller counts others, each with both counts.</param>
internal sealed record LedgerFaults(int Findings, IReadOnlyList<string> Miscounted)
{
    private const string Held = """
        SELECT * FROM
          (SELECT count(*), count(recovered_time), count(DISTINCT incident_number) FROM findings
            WHERE server_id = (SELECT server_id FROM servers WHERE name = @server) AND component_id = @component) AS f,
          (SELECT count(*) FROM incidents
            WHERE server_id = (SELECT server_id FROM servers WHERE name = @server) AND correlation_key LIKE '%/' || @component) AS i
        """;

    public static LedgerFaults Of(IEnumerable<LedgerEntry> ledger, LedgerDatabase database)
    {
        int findings = 0;
        List<string> miscounted = [];
        foreach (var service in ledger.Where(entry => entry.Seen is not null).GroupBy(entry => (entry.Server, entry.Seen!.Service)))
        {
            FaultCount expected = FaultCount.Of(service.Select(entry => entry.Seen!.Up));
            FaultCount held = HeldOf(database, service.Key.Server, $"service:{service.Key.Service}");
            findings += expected.Findings;
            if (held != expected)
                miscounted.Add($"{service.Key.Service} of {service.Key.Server}: {expected} expected, {held} held");
        }

        return new LedgerFaults(findings, miscounted);
    }

    private static FaultCount HeldOf(LedgerDatabase database, string server, string component)
    {
        using DbCommand command = database.Command(Held, ("server", server), ("component", component));
        using DbDataReader reader = command.ExecuteReader();
        reader.Read();
        return new FaultCount((int)reader.GetInt64(0), (int)reader.GetInt64(1), (int)Math.Max(reader.GetInt64(2), reader.GetInt64(3)));
    }
}
