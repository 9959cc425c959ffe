namespace HaiSoft.FleetSimulator.Hostile;

/// <summary>What is wrong is the pace: who never reads, never finishes a word, never begins.</summary>
internal static class PatienceActs
{
    public static IEnumerable<HostileAct> All { get; } =
    [
        new("never reads", NeverReadsAsync),
        new("half a word", HalfAWordAsync),
        new("streams without a word", SilentStreamsAsync),
    ];

    // It allows not one byte of an answer, and keeps on reporting.
    private static async Task<HostileTurn> NeverReadsAsync(HostileAgent agent, Random random, CancellationToken cancellationToken)
    {
        RawConnection connection = await agent.DialAsync(cancellationToken, window: 0);
        string epoch = HostileAgent.Epoch(random);
        await agent.GreetAsync(connection, 1, epoch, cancellationToken);
        int batches = random.Next(5, 20);
        for (int i = 1; i <= batches; i++)
            await connection.BodyAsync(1, HostileAgent.Framed(agent.Batch(epoch, i)), cancellationToken);
        return new HostileTurn(connection, batches);
    }

    private static async Task<HostileTurn> HalfAWordAsync(HostileAgent agent, Random random, CancellationToken cancellationToken)
    {
        RawConnection connection = await agent.DialAsync(cancellationToken);
        string epoch = HostileAgent.Epoch(random);
        await agent.GreetAsync(connection, 1, epoch, cancellationToken);
        byte[] state = HostileAgent.Framed(agent.State(epoch));
        await connection.BodyAsync(1, state.AsMemory(0, random.Next(1, state.Length)), cancellationToken);
        return new HostileTurn(connection, 1);
    }

    private static async Task<HostileTurn> SilentStreamsAsync(HostileAgent agent, Random random, CancellationToken cancellationToken)
    {
        RawConnection connection = await agent.DialAsync(cancellationToken);
        int streams = random.Next(2, 100);
        for (int i = 0; i < streams; i++)
            await connection.CallAsync((i * 2) + 1, HostileAgent.Link, cancellationToken);
        return new HostileTurn(connection, streams);
    }
}
