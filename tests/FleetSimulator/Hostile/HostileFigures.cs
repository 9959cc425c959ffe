using System.Collections.Concurrent;

namespace HaiSoft.FleetSimulator.Hostile;

/// <summary>What a hostile crowd has done.</summary>
internal sealed class HostileFigures
{
    private int _frames;
    private int _cut;

    /// <summary>Hostile frames that were sent.</summary>
    public int Frames => Volatile.Read(ref _frames);

    /// <summary>Acts that were carried out, by their names.</summary>
    public ConcurrentDictionary<string, int> Acts { get; } = new(StringComparer.Ordinal);

    /// <summary>Connections that the controller cut off, or that were let go of after a while.</summary>
    public int CutOff => Volatile.Read(ref _cut);

    /// <summary>Idle TLS connections that were opened.</summary>
    public int Idle { get; set; }

    /// <summary>Those of them that stood at the end.</summary>
    public int IdleLeft { get; set; }

    public void Done(string act, int frames)
    {
        Interlocked.Add(ref _frames, frames);
        Acts.AddOrUpdate(act, 1, (_, count) => count + 1);
    }

    public void Cut() => Interlocked.Increment(ref _cut);
}
