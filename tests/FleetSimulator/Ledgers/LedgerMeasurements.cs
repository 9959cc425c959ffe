using System.Data.Common;

namespace HaiSoft.FleetSimulator.Ledgers;

/// <summary>Acknowledged measurements against those that are held, one by one: one that is lost is not made up for by another that is there twice.</summary>
/// <param name="Lost">Acknowledged, not held.</param>
/// <param name="Extra">Held, and not acknowledged, or more often than that.</param>
internal readonly record struct LedgerMeasurements(long Lost, long Extra)
{
    private const string Acknowledged = "SELECT server_id, observed_time, metric, mark FROM ledger WHERE readings > 0 ORDER BY server_id";

    // The controller keeps instants as corrected by its own clock (DESIGN 3), so that they tell only from where on to look.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromSeconds(10);

    /// <summary>Compares what was loaded of a ledger with the database.</summary>
    public static LedgerMeasurements Of(LedgerDatabase database)
    {
        using HeldMeasurements measurements = database.Measurements();
        LedgerMeasurements all = default;
        foreach (IGrouping<string, Row> server in Read(database).GroupBy(row => row.Server))
        {
            DateTimeOffset from = server.Min(row => row.ObservedAt) - ClockDifference;
            LedgerMark[] held = [.. server.Select(row => row.Mark.Metric).Distinct().SelectMany(metric => measurements.Marks(server.Key, metric, from))];
            LedgerMeasurements one = Compare(server.Select(row => row.Mark), held, measurements.Count(server.Key, from));
            all = new(all.Lost + one.Lost, all.Extra + one.Extra);
        }

        return all;
    }

    /// <summary>Compares those of one server.</summary>
    /// <param name="acknowledged">What its reports are known by.</param>
    /// <param name="held">What is held of that.</param>
    /// <param name="instants">How many instants are held, those without a mark too.</param>
    public static LedgerMeasurements Compare(IEnumerable<LedgerMark> acknowledged, IReadOnlyCollection<LedgerMark> held, int instants)
    {
        Dictionary<LedgerMark, int> missing = acknowledged.CountBy(mark => mark).ToDictionary();
        foreach (LedgerMark mark in held)
            missing[mark] = missing.GetValueOrDefault(mark) - 1;
        return new(missing.Values.Sum(count => Math.Max(0L, count)), missing.Values.Sum(count => Math.Max(0L, -count)) + instants - held.Count);
    }

    private static List<Row> Read(LedgerDatabase database)
    {
        List<Row> rows = [];
        using DbCommand command = database.Command(Acknowledged);
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
            rows.Add(new(reader.GetString(0), DateTimeOffset.UnixEpoch.AddMicroseconds(reader.GetInt64(1)), new(reader.GetString(2), reader.GetDouble(3))));
        return rows;
    }

    private readonly record struct Row(string Server, DateTimeOffset ObservedAt, LedgerMark Mark);
}
