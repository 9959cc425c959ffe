using HaiSoft.Testing.Networks;

namespace HaiSoft.EndToEnd.Tests.BadNetwork;

/// <summary>What is wrong with the way between servers and controller.</summary>
/// <param name="Name">As the issue calls it.</param>
/// <param name="LetsThrough">Reports get through while it lasts, be it slowly.</param>
/// <param name="BeginAsync">Makes it so, given the cable and the port of a relay that delays.</param>
internal sealed record NetworkFault(string Name, bool LetsThrough, Func<Cable, int, CancellationToken, Task> BeginAsync)
{
    public const string Partition = "partition";
    public const string Loss = "30 % loss";
    public const string Narrow = "512 kbit/s";
    public const string Resets = "resets";
    public const string Delay = "500 ms delay";

    /// <summary>How long the relay keeps every byte, each way.</summary>
    public static readonly TimeSpan RelayDelay = TimeSpan.FromMilliseconds(500);

    public static IReadOnlyList<NetworkFault> All { get; } =
    [
        new(Partition, LetsThrough: false, (cable, _, cancel) => cable.PartitionAsync(cancel)),
        new(Loss, LetsThrough: true, (cable, _, cancel) => cable.LoseAsync(percent: 30, cancel)),
        new(Narrow, LetsThrough: true, (cable, _, cancel) => cable.NarrowAsync(kilobitsPerSecond: 512, cancel)),
        new(Resets, LetsThrough: true, (cable, _, cancel) => cable.ResetAsync(perMille: 10, cancel)),
        new(Delay, LetsThrough: true, (cable, relay, cancel) => cable.DetourAsync("10.99.0.1", 7443, relay, cancel)),
    ];

    public static NetworkFault Named(string name) => All.Single(fault => fault.Name == name);
}
