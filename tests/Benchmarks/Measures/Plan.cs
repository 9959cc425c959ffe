namespace HaiSoft.Benchmarks.Measures;

/// <summary>How long measuring may take.</summary>
internal sealed record Plan
{
    /// <summary>Simulated agents.</summary>
    public int Agents { get; init; } = 1_000;

    /// <summary>The controller's store: <see cref="Programs.MeasuredStore.Sqlite"/> or <see cref="Programs.MeasuredStore.Postgres"/>.</summary>
    public string Store { get; init; } = Programs.MeasuredStore.Sqlite;

    /// <summary>Servers whose measurements of a day are stored.</summary>
    public int StoredServers { get; init; } = 3;

    /// <summary>Take the programs in <c>artifacts/bench</c> as they are, where they are.</summary>
    public bool AsPublished { get; init; }

    /// <summary>How often a start is measured.</summary>
    public int Starts { get; init; } = 5;

    /// <summary>How long agents report at their defaults before memory is read again.</summary>
    public TimeSpan Reporting { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one run at full speed lasts.</summary>
    public TimeSpan FullSpeed { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a run at full speed is made.</summary>
    public int FullSpeedRuns { get; init; } = 3;

    /// <summary>How long faults are made and watched.</summary>
    public TimeSpan Faults { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the agent is left alone before it is measured.</summary>
    public TimeSpan AgentSettle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the agent is measured.</summary>
    public TimeSpan Agent { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How many orders are verified.</summary>
    public int Orders { get; init; } = 40;

    /// <summary>How often packages are installed, by an order and by dnf alone in turn.</summary>
    public int Installations { get; init; } = 3;

    /// <summary>The plan of <c>--long</c>.</summary>
    public static Plan Long { get; } = new()
    {
        Agents = 10_000,
        StoredServers = 40,
        Starts = 15,
        Reporting = TimeSpan.FromMinutes(30),
        FullSpeed = TimeSpan.FromMinutes(2),
        FullSpeedRuns = 5,
        Faults = TimeSpan.FromMinutes(10),
        Agent = TimeSpan.FromHours(1),
        Orders = 400,
        Installations = 9,
    };
}
