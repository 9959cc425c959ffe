namespace HaiSoft.FleetSimulator.Fleets;

/// <summary>What happens in a run of the simulator.</summary>
/// <param name="Duration">How long agents report, once all are connected.</param>
/// <param name="FaultsPerSecond">Faults that are made and watched; 0 for none.</param>
/// <param name="CutAfter">When all are cut off at once; null for never.</param>
internal sealed record RunPlan(TimeSpan Duration, double FaultsPerSecond, TimeSpan? CutAfter)
{
    /// <summary>Servers of the fleet, the first ones, that have a service which goes down and comes back all the time.</summary>
    public int Flapping { get; init; }
}
