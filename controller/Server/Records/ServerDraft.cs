using HaiSoft.Controller.Rules.Fees;

namespace HaiSoft.Controller.Records;

/// <summary>A server's record, as given.</summary>
public sealed record ServerDraft
{
    /// <summary>The first day that can be one of service: before it the company did not exist.</summary>
    public static readonly DateOnly Earliest = new(1998, 1, 1);

    /// <summary>Unique; 1 to 100 letters, digits, hyphens, dots and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>The customer's name.</summary>
    public required string Customer { get; init; }

    /// <summary>Dedicated or virtual; absent when it was not said.</summary>
    public ServerKind? Kind { get; init; }

    /// <summary>Where it stands; empty for virtual servers.</summary>
    public string Rack { get; init; } = "";

    /// <summary>The name of the server that carries it; empty for dedicated servers.</summary>
    public string Host { get; init; } = "";

    /// <summary>What the customer pays; absent when it was not said.</summary>
    public Fee? Fee { get; init; }

    /// <summary>First day of service, Europe/Paris; absent when it was not said.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The customer subscribed the Backup option (SLA 6).</summary>
    public bool BackupOption { get; init; }

    /// <summary>Where it stood in a file.</summary>
    public int? Line { get; init; }

    /// <summary>Faults of the text that it was read from, found before it could be a record.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    /// <summary>Every fault of the record taken by itself.</summary>
    internal IEnumerable<RecordFault> Faults() =>
        Unreadable.Concat(NameFaults()).Concat(PlaceFaults()).Concat(TermsFaults())
            .Select(text => new RecordFault(RecordFaultKind.Invalid, text, Line));

    private IEnumerable<string> NameFaults()
    {
        if (!RecordName.IsServerName(Name))
        {
            yield return $"the server's name '{Name}' must have 1 to 100 letters, digits, hyphens, dots or underscores, begin with a letter or "
                + "digit, and not be a verb of the command line (add, import, list, show, help)";
        }

        if (Customer.Length == 0)
            yield return "the customer is missing: name one that exists (haisoftctl customer list)";
    }

    private IEnumerable<string> PlaceFaults()
    {
        if (Kind is null && Unreadable.Count == 0)
            yield return "the kind is missing: write dedicated or virtual";
        if (Kind == ServerKind.Dedicated && !RecordName.IsRack(Rack))
            yield return $"the rack '{Rack}' of a dedicated server must have 1 to 40 printable characters, for example R12 or R12/U07";
        if (Kind == ServerKind.Dedicated && Host.Length > 0)
            yield return $"a dedicated server has no host: remove '{Host}', or say that the server is virtual";
        if (Kind == ServerKind.Virtual && Host.Length == 0)
            yield return "the host of a virtual server is missing: name the dedicated server that carries it";
        if (Kind == ServerKind.Virtual && Rack.Length > 0)
            yield return $"a virtual server stands where its host does: remove the rack '{Rack}'";
    }

    private IEnumerable<string> TermsFaults()
    {
        if (Fee is null && Unreadable.Count == 0)
            yield return "the fee is missing: write it as 49.90/month or 499/year, in EUR excluding VAT";
        if (From is null && Unreadable.Count == 0)
            yield return "the first day of service is missing: write it as 2026-11-22";
        if (From < Earliest || From > Earliest.AddYears(200))
            yield return $"the first day of service {From:yyyy-MM-dd} is not possible: write it as 2026-11-22";
    }
}
