using Google.Protobuf;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Hostile;

/// <summary>Frames that hold, with words that do not: another's name, a wrong order, the same again, bodies with bytes changed.</summary>
internal static class ProtocolActs
{
    private const int Changed = 20;

    public static IEnumerable<HostileAct> All { get; } =
    [
        new("another agent's id", (agent, random, cancel) => SayAsync(agent, random, [epoch => new() { Hello = agent.AnothersHello(epoch) }], cancel)),
        new("no Hello", (agent, random, cancel) => SayAsync(agent, random, [epoch => agent.Batch(epoch, 1)], cancel)),
        new("two Hellos", (agent, random, cancel) => SayAsync(agent, random, [epoch => new() { Hello = agent.Hello(epoch) }, epoch => new() { Hello = agent.Hello(epoch) }], cancel)),
        new("falling sequences", (agent, random, cancel) => SayAsync(agent, random, [epoch => new() { Hello = agent.Hello(epoch) }, epoch => agent.Batch(epoch, 5, 4, 3)], cancel)),
        new("another epoch", (agent, random, cancel) => SayAsync(agent, random, [epoch => new() { Hello = agent.Hello(epoch) }, _ => agent.Batch(HostileAgent.Epoch(random), 1)], cancel)),
        new("replay", ReplayAsync),
        new("changed bytes", ChangedAsync),
        new("beyond the credit", BeyondAsync),
    ];

    private static async Task<HostileTurn> SayAsync(
        HostileAgent agent, Random random, IReadOnlyList<Func<string, ConnectRequest>> words, CancellationToken cancellationToken)
    {
        RawConnection connection = await agent.DialAsync(cancellationToken);
        string epoch = HostileAgent.Epoch(random);
        await connection.CallAsync(1, HostileAgent.Link, cancellationToken);
        foreach (Func<string, ConnectRequest> word in words)
            await connection.BodyAsync(1, HostileAgent.Framed(word(epoch)), cancellationToken);
        return new HostileTurn(connection, 1);
    }

    // On streams of their own, the same again and again: each must be absorbed.
    private static async Task<HostileTurn> ReplayAsync(HostileAgent agent, Random random, CancellationToken cancellationToken)
    {
        RawConnection connection = await agent.DialAsync(cancellationToken);
        string epoch = HostileAgent.Epoch(random);
        byte[] batch = HostileAgent.Framed(agent.Batch(epoch, 1, 2, 3));
        int times = random.Next(2, 6);
        for (int i = 0; i < times; i++)
        {
            await agent.GreetAsync(connection, (i * 2) + 1, epoch, cancellationToken);
            await connection.BodyAsync((i * 2) + 1, batch, cancellationToken);
        }

        return new HostileTurn(connection, times);
    }

    // A whole state, some of its bytes changed: what is still protobuf gets as far as it can.
    private static async Task<HostileTurn> ChangedAsync(HostileAgent agent, Random random, CancellationToken cancellationToken)
    {
        RawConnection connection = await agent.DialAsync(cancellationToken);
        for (int i = 0; i < Changed; i++)
        {
            string epoch = HostileAgent.Epoch(random);
            byte[] body = agent.State(epoch).ToByteArray();
            for (int change = random.Next(1, 5); change > 0; change--)
                body[random.Next(body.Length)] = (byte)random.Next(256);
            await agent.GreetAsync(connection, (i * 2) + 1, epoch, cancellationToken);
            await connection.BodyAsync((i * 2) + 1, HostileAgent.Framed(body), cancellationToken);
        }

        return new HostileTurn(connection, Changed);
    }

    // More than anybody was given leave for, as fast as the connection takes it.
    private static async Task<HostileTurn> BeyondAsync(HostileAgent agent, Random random, CancellationToken cancellationToken)
    {
        RawConnection connection = await agent.DialAsync(cancellationToken);
        string epoch = HostileAgent.Epoch(random);
        await agent.GreetAsync(connection, 1, epoch, cancellationToken);
        int batches = random.Next(10, 40);
        for (int i = 0; i < batches; i++)
            await connection.BodyAsync(1, HostileAgent.Framed(agent.Batch(epoch, Enumerable.Range((i * 100) + 1, 100).Select(sequence => (long)sequence))), cancellationToken);
        return new HostileTurn(connection, batches);
    }
}
