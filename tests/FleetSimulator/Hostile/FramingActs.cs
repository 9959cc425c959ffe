using System.Buffers.Binary;
using System.IO.Compression;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Hostile;

/// <summary>What is wrong is HTTP/2 or gRPC's framing: lengths, types, resets, sizes.</summary>
internal static class FramingActs
{
    private const int Huge = 64 << 20;
    private static readonly byte[] Cancel = [0, 0, 0, 8];
    private static readonly byte[] Bomb = Compressed(Huge);

    public static IEnumerable<HostileAct> All { get; } =
    [
        new("no HTTP/2", NoiseAsync),
        new("frames of any kind", AnyFramesAsync),
        new("rapid resets", ResetsAsync),
        new("endless headers", HeadersAsync),
        new("wrong length", WrongLengthAsync),
        new("64 MB message", HugeMessageAsync),
        new("64 MB when unpacked", BombAsync),
        new("no protobuf", GarbageAsync),
    ];

    private static async Task<HostileTurn> NoiseAsync(HostileAgent agent, Random random, CancellationToken cancellationToken)
    {
        RawConnection connection = await agent.DialAsync(cancellationToken);
        await connection.WriteAsync(Bytes(random, random.Next(1, 4096)), cancellationToken);
        return new HostileTurn(connection, 1);
    }

    // Good headers, then frames whose type, flags, stream and payload are chance.
    private static async Task<HostileTurn> AnyFramesAsync(HostileAgent agent, Random random, CancellationToken cancellationToken)
    {
        RawConnection connection = await agent.DialAsync(cancellationToken);
        await agent.GreetAsync(connection, 1, HostileAgent.Epoch(random), cancellationToken);
        int frames = random.Next(1, 8);
        for (int i = 0; i < frames; i++)
        {
            await connection.FrameAsync(
                (FrameType)random.Next(0, 12), (byte)random.Next(256), random.Next(0, 6), Bytes(random, random.Next(0, 64)), cancellationToken);
        }

        return new HostileTurn(connection, frames);
    }

    // CVE-2023-44487.
    private static async Task<HostileTurn> ResetsAsync(HostileAgent agent, Random random, CancellationToken cancellationToken)
    {
        RawConnection connection = await agent.DialAsync(cancellationToken);
        int frames = random.Next(10, 100);
        for (int i = 0; i < frames; i++)
        {
            int stream = (i * 2) + 1;
            await agent.GreetAsync(connection, stream, HostileAgent.Epoch(random), cancellationToken);
            await connection.FrameAsync(FrameType.Reset, flags: 0, stream, Cancel, cancellationToken);
        }

        return new HostileTurn(connection, frames);
    }

    private static async Task<HostileTurn> HeadersAsync(HostileAgent agent, Random random, CancellationToken cancellationToken)
    {
        RawConnection connection = await agent.DialAsync(cancellationToken);
        await connection.FrameAsync(FrameType.Headers, flags: 0, 1, HeaderBlock.OfCall(HostileAgent.Link), cancellationToken);
        int frames = random.Next(10, 60);
        for (int i = 0; i < frames; i++)
        {
            List<byte> block = [];
            HeaderBlock.Add(block, $"x-{i}", new string('a', 120));
            await connection.FrameAsync(FrameType.Continuation, flags: 0, 1, block.ToArray(), cancellationToken);
        }

        return new HostileTurn(connection, frames);
    }

    private static async Task<HostileTurn> WrongLengthAsync(HostileAgent agent, Random random, CancellationToken cancellationToken)
    {
        byte[] message = HostileAgent.Framed(new ConnectRequest { Hello = agent.Hello(HostileAgent.Epoch(random)) });
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), random.Next(2) == 0 ? random.Next() : random.Next(message.Length));
        message[0] = (byte)(random.Next(4) == 0 ? random.Next(256) : 0);
        return await SayAsync(agent, message, cancellationToken);
    }

    private static async Task<HostileTurn> HugeMessageAsync(HostileAgent agent, Random random, CancellationToken cancellationToken)
    {
        byte[] message = new byte[1 << 20];
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), Huge + random.Next(1 << 20));
        return await SayAsync(agent, message, cancellationToken);
    }

    private static async Task<HostileTurn> BombAsync(HostileAgent agent, Random random, CancellationToken cancellationToken)
    {
        byte[] message = HostileAgent.Framed(Bomb);
        message[0] = 1;
        RawConnection connection = await agent.DialAsync(cancellationToken);
        await connection.CallAsync(1, HostileAgent.Link, cancellationToken, ("grpc-encoding", "gzip"));
        await connection.BodyAsync(1, message, cancellationToken);
        return new HostileTurn(connection, 1);
    }

    private static Task<HostileTurn> GarbageAsync(HostileAgent agent, Random random, CancellationToken cancellationToken) =>
        SayAsync(agent, HostileAgent.Framed(Bytes(random, random.Next(1, 2048))), cancellationToken);

    private static async Task<HostileTurn> SayAsync(HostileAgent agent, byte[] message, CancellationToken cancellationToken)
    {
        RawConnection connection = await agent.DialAsync(cancellationToken);
        await connection.CallAsync(1, HostileAgent.Link, cancellationToken);
        await connection.BodyAsync(1, message, cancellationToken);
        return new HostileTurn(connection, 1);
    }

    private static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Compressed(int length)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.SmallestSize))
            gzip.Write(new byte[length]);
        return packed.ToArray();
    }
}
