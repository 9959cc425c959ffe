using Xunit;

namespace HaiSoft.EndToEnd.Tests.Hostile;

/// <summary>Scenarios that measure: they run when no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
