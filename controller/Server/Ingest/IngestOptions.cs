namespace HaiSoft.Controller.Ingest;

/// <summary>How agents are served (configuration section <c>Controller:Ingest</c>).</summary>
public sealed class IngestOptions
{
    /// <summary>An agent whose stream is closed for so long is silent. 10 s to 1 h; default 3 minutes.</summary>
    public TimeSpan SilenceAfter { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>The least that an agent is let have under way: it must hold its largest round.</summary>
    internal const int SmallestCredit = 64 << 10;

    /// <summary>
    /// Bytes of reports that one agent may have under way. 64 KiB to 16 MiB; default 256 KiB. Where many agents are connected each is given
    /// its share of twice <see cref="InFlightBytes"/>, 64 KiB at least.
    /// </summary>
    public int CreditBytes { get; set; } = 256 << 10;

    /// <summary>Within what time agents come back after a cut, at random. 0 to 10 minutes; default 40 s.</summary>
    public TimeSpan ReconnectWithin { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>How long a stream may take to say Hello. 1 s to 1 minute; default 10 s.</summary>
    public TimeSpan HelloWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Bytes of reports that this controller holds before they are durable, over all agents; then it reads no more until some are.
    /// In memory a report is three to five times as large. 4 MiB to 4 GiB; default 64 MiB.
    /// </summary>
    public long InFlightBytes { get; set; } = 64 << 20;

    /// <summary>
    /// Streams that are let in per second, and as many at once; who comes too early is told when to come back. What a handshake costs of
    /// the processor decides. 1 to 100000; default 1000.
    /// </summary>
    public int StreamsPerSecond { get; set; } = 1000;

    /// <summary>Over what time agents are told one by one that the controller stops; less when they are few. 0 to 1 minute; default 10 s.</summary>
    public TimeSpan DrainWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Every fault of these options, each saying what to do.</summary>
    internal IEnumerable<string> Faults()
    {
        if (SilenceAfter < TimeSpan.FromSeconds(10) || SilenceAfter > TimeSpan.FromHours(1))
            yield return $"Controller:Ingest:SilenceAfter is {SilenceAfter}: give 00:00:10 to 01:00:00.";
        if (CreditBytes is < SmallestCredit or > 16 << 20)
            yield return $"Controller:Ingest:CreditBytes is {CreditBytes}: give 65536 to 16777216.";
        if (ReconnectWithin < TimeSpan.Zero || ReconnectWithin > TimeSpan.FromMinutes(10))
            yield return $"Controller:Ingest:ReconnectWithin is {ReconnectWithin}: give 00:00:00 to 00:10:00.";
        if (HelloWithin < TimeSpan.FromSeconds(1) || HelloWithin > TimeSpan.FromMinutes(1))
            yield return $"Controller:Ingest:HelloWithin is {HelloWithin}: give 00:00:01 to 00:01:00.";
        if (StreamsPerSecond is < 1 or > 100_000)
            yield return $"Controller:Ingest:StreamsPerSecond is {StreamsPerSecond}: give 1 to 100000.";
        if (DrainWithin < TimeSpan.Zero || DrainWithin > TimeSpan.FromMinutes(1))
            yield return $"Controller:Ingest:DrainWithin is {DrainWithin}: give 00:00:00 to 00:01:00.";
        if (InFlightBytes is < 4 << 20 or > 4L << 30)
            yield return $"Controller:Ingest:InFlightBytes is {InFlightBytes}: give 4194304 to 4294967296.";
    }
}
