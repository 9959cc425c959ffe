using HaiSoft.FleetSimulator.Servers;

namespace HaiSoft.FleetSimulator.Agents;

/// <summary>A server whose web service goes down and comes back again and again, each time seen twice, as a check that is repeated.</summary>
internal sealed class FlappingService(SimulatedAgent agent, int seed, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(400);

    private readonly Random _random = new(unchecked((seed * 1_000_003) + agent.State.Server.Number));

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await agent.State.Begun.WaitAsync(cancellationToken);
        for (bool up = false; ; up = !up)
        {
            await Task.Delay(Longest * _random.NextDouble(), time, cancellationToken);
            Look(up);
            await Task.Delay(BetweenLooks, time, cancellationToken);
            Look(up);
        }
    }

    private void Look(bool up)
    {
        agent.State.Look(MainServices.Flapping, up);
        agent.Wake();
    }
}
