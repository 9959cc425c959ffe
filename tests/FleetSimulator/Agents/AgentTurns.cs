using HaiSoft.FleetSimulator.Fleets;

namespace HaiSoft.FleetSimulator.Agents;

/// <summary>When an agent reports: its whole state at first, then turn by turn, connected or not.</summary>
internal sealed class AgentTurns(SimulatedAgent agent, FleetOptions options, TimeProvider time)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Every is { } every)
            await KeepTimeAsync(every, cancellationToken);
        else
            await KeepWindowFullAsync(cancellationToken);
    }

    private async Task KeepTimeAsync(TimeSpan every, CancellationToken cancellationToken)
    {
        // The fleet's turns are spread evenly, as those of servers that were started at any time are.
        await Task.Delay(every * new Random(unchecked((options.Seed * 1_000_003) + agent.State.Server.Number)).NextDouble(), time, cancellationToken);
        Begin();
        using PeriodicTimer timer = new(every, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            Turn();
    }

    private async Task KeepWindowFullAsync(CancellationToken cancellationToken)
    {
        Begin();
        while (!cancellationToken.IsCancellationRequested)
        {
            while (agent.State.Spool.Held < options.Window)
                agent.State.Turn();
            agent.Wake();
            await agent.State.Spool.LessThanAsync(options.Window, cancellationToken);
        }
    }

    private void Begin()
    {
        agent.State.Begin();
        agent.Wake();
    }

    private void Turn()
    {
        agent.State.Turn();
        agent.Wake();
    }
}
