namespace HaiSoft.FleetSimulator.Hostile;

/// <summary>One way to do harm.</summary>
/// <param name="Name">In a word or two.</param>
/// <param name="DoAsync">Does it on a connection of its own. What it does follows from the chance that it is given.</param>
internal sealed record HostileAct(string Name, Func<HostileAgent, Random, CancellationToken, Task<HostileTurn>> DoAsync)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<HostileAct> All { get; } = [.. FramingActs.All, .. ProtocolActs.All, .. PatienceActs.All];
}

/// <summary>What an act leaves behind.</summary>
/// <param name="Connection">Still open.</param>
/// <param name="Frames">Hostile frames that were sent.</param>
internal readonly record struct HostileTurn(RawConnection Connection, int Frames);
