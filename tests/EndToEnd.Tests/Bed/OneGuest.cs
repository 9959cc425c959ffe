using HaiSoft.EndToEnd.Tests.Bed;
using Xunit;

[assembly: CollectionBehavior(MaxParallelThreads = 3)]
[assembly: TestCollectionOrderer(typeof(GuestsFirst))]

namespace HaiSoft.EndToEnd.Tests.Bed;

/// <summary>
/// Scenarios with a virtual machine, one after another: each wants a processor of its own, while the others wait for alarms and clocks most
/// of their time.
/// </summary>
[CollectionDefinition(Name)]
public sealed class OneGuest
{
    public const string Name = "one guest";
}
