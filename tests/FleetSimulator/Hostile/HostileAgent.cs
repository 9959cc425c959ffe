using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Google.Protobuf;
using HaiSoft.FleetSimulator.Identities;
using HaiSoft.FleetSimulator.Servers;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.FleetSimulator.Hostile;

/// <summary>An enrolled agent that somebody else has got hold of: its certificate is good, its words are not.</summary>
internal sealed class HostileAgent(SimulatedIdentity identity, SimulatedIdentity other, int number, int seed, DnsEndPoint address, Authority authority, TimeProvider time)
{
    public const string Link = "/haisoft.agent.v1.AgentLinkService/Connect";
    private const int Window = 1 << 20;

    private readonly SimulatedServer _server = new(number, seed, readings: 30, time);
    private readonly System.Net.Security.SslStreamCertificateContext _certificate = identity.ClientContext();

    /// <summary>Dials with the certificate and begins HTTP/2.</summary>
    public async Task<RawConnection> DialAsync(CancellationToken cancellationToken, int window = Window)
    {
        RawConnection connection = await RawConnection.DialAsync(address, authority.ClientOptions(_certificate), cancellationToken);
        await connection.BeginAsync(window, cancellationToken);
        return connection;
    }

    /// <summary>Opens the agents' stream and says a Hello that holds.</summary>
    public async Task GreetAsync(RawConnection connection, int stream, string epoch, CancellationToken cancellationToken)
    {
        await connection.CallAsync(stream, Link, cancellationToken);
        await connection.BodyAsync(stream, Framed(new ConnectRequest { Hello = Hello(epoch) }), cancellationToken);
    }

    public Hello Hello(string epoch)
    {
        DateTimeOffset now = _server.Moments.Now();
        return new Hello
        {
            AgentId = identity.AgentId,
            AgentVersion = "0.1.0",
            BootId = _server.Moments.BootId,
            SpoolEpoch = epoch,
            FirstHeldSequence = 0,
            LastWrittenSequence = 0,
            SentTime = ServerMoments.Stamp(now),
            SentUptime = _server.Moments.Uptime(now),
        };
    }

    /// <summary>The same in another agent's name.</summary>
    public Hello AnothersHello(string epoch) => new(Hello(epoch)) { AgentId = other.AgentId };

    /// <summary>A batch that holds, but for the sequences.</summary>
    public ConnectRequest Batch(string epoch, params IEnumerable<long> sequences)
    {
        ReportBatch batch = new() { SpoolEpoch = epoch };
        foreach (long sequence in sequences)
        {
            Report report = _server.Measurements.Take();
            report.Sequence = sequence;
            batch.Reports.Add(report);
        }

        return new ConnectRequest { Reports = batch };
    }

    /// <summary>Everything that an agent reports of its server.</summary>
    public ConnectRequest State(string epoch)
    {
        ReportBatch batch = new() { SpoolEpoch = epoch };
        batch.Reports.AddRange(new ReportMaker(_server, ReportMix.Minute).WholeState());
        for (int i = 0; i < batch.Reports.Count; i++)
            batch.Reports[i].Sequence = i + 1;
        return new ConnectRequest { Reports = batch };
    }

    /// <summary>A message with gRPC's five bytes before it.</summary>
    public static byte[] Framed(IMessage message) => Framed(message.ToByteArray());

    /// <inheritdoc cref="Framed(IMessage)"/>
    public static byte[] Framed(ReadOnlySpan<byte> message)
    {
        byte[] framed = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed.AsSpan(5));
        return framed;
    }

    /// <summary>A spool's epoch by chance.</summary>
    public static string Epoch(Random random) => string.Create(CultureInfo.InvariantCulture, $"{random.NextInt64():x16}{random.NextInt64():x16}");
}
