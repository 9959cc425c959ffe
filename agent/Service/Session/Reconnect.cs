namespace HaiSoft.Agent.Session;

/// <summary>
/// How long to wait before dialling (DESIGN 3): nothing at the agent's start; up to the controller's hint, or 40 s, after
/// a stream was cut; then full jitter that grows to 5 minutes; what a controller says that has too much to do. A fleet that was cut at
/// once must not return at once.
/// </summary>
internal sealed class Reconnect
{
    public static readonly TimeSpan DefaultHint = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);
    private readonly Random _random;
    private TimeSpan _hint = DefaultHint;
    private int _failures;

    public Reconnect(Random random) => _random = random;

    /// <summary>The stream served; the controller's hint, if it gave one, holds until it gives another.</summary>
    public void Connected(TimeSpan? hint)
    {
        _failures = 0;
        Hint(hint);
    }

    /// <summary>The controller said within which time agents should return.</summary>
    public void Hint(TimeSpan? within)
    {
        if (within is { } hint && hint >= TimeSpan.Zero)
        {
            _hint = hint < LongestBackOff ? hint : LongestBackOff;
        }
    }

    /// <summary>The wait after a stream that served was cut.</summary>
    public TimeSpan AfterCut() => _hint * _random.NextDouble();

    /// <summary>The wait after the controller said when to come back: never sooner, and a little later, so that those told the same part.</summary>
    public TimeSpan AfterRefusal(TimeSpan comeBack) =>
        (comeBack < LongestBackOff ? comeBack : LongestBackOff) * (1 + (0.1 * _random.NextDouble()));

    /// <summary>The wait after an attempt that did not reach Welcome.</summary>
    public TimeSpan AfterFailure()
    {
        TimeSpan longest = FirstBackOff * Math.Pow(2, Math.Min(_failures++, 10));
        return (longest < LongestBackOff ? longest : LongestBackOff) * _random.NextDouble();
    }
}
