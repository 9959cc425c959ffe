using HaiSoft.FleetSimulator.Agents;

namespace HaiSoft.FleetSimulator.Fleets;

/// <summary>How long a fleet needed to be back after all its connections broke at once.</summary>
/// <param name="Agents">How many.</param>
/// <param name="AllBack">Until the last was welcomed.</param>
/// <param name="AllAcknowledged">Until the last had a report acknowledged that it made after the cut.</param>
/// <param name="Half">Until half of them had one.</param>
internal sealed record CutStorm(int Agents, TimeSpan AllBack, TimeSpan AllAcknowledged, TimeSpan Half)
{
    /// <summary>Cuts all off and waits until all are back.</summary>
    public static async Task<CutStorm> CauseAsync(Fleet fleet, TimeProvider time, CancellationToken cancellationToken)
    {
        long cut = time.GetTimestamp();
        foreach (SimulatedAgent agent in fleet.Agents)
            agent.Cut();

        long[] acknowledged = await Task.WhenAll(fleet.Agents.Select(agent => agent.Mark())).WaitAsync(cancellationToken);
        Array.Sort(acknowledged);
        return new CutStorm(
            fleet.Agents.Count,
            time.GetElapsedTime(cut, fleet.Agents.Max(agent => agent.State.Tally.WelcomeStamp)),
            time.GetElapsedTime(cut, acknowledged[^1]),
            time.GetElapsedTime(cut, acknowledged[acknowledged.Length / 2]));
    }
}
