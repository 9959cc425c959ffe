namespace HaiSoft.EndToEnd.Tests.Crash;

/// <summary>Where the programs of a bed keep what they must not lose.</summary>
internal sealed record BedPlaces
{
    /// <summary>The controller's store is a PostgreSQL of the bed's own.</summary>
    public bool OnPostgres { get; init; }

    /// <summary>The controller's data folder; null for one of its own.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The real agent's state folder; null for one of its own.</summary>
    public string? StateFolder { get; init; }
}
