using Xunit.Sdk;
using Xunit.v3;

namespace HaiSoft.EndToEnd.Tests.Bed;

/// <summary>Begins the longest row of scenarios first, so that the others end beside it.</summary>
public sealed class GuestsFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(collection => collection.TestCollectionDisplayName == OneGuest.Name)];
}
