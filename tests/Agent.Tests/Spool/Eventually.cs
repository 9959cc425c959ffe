using Shouldly;

namespace HaiSoft.Agent.Tests.Spool;

/// <summary>Awaits what another thread brings about.</summary>
internal static class Eventually
{
    /// <summary>Ends when the condition holds; fails when it does not for 20 s.</summary>
    public static async Task HoldsAsync(Func<bool> condition, string what)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            patience.IsCancellationRequested.ShouldBeFalse($"did not come: {what}");
            await look.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
