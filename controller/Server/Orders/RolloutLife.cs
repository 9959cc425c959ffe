namespace HaiSoft.Controller.Orders;

/// <summary>The life of a rollout. Pure.</summary>
internal static class RolloutLife
{
    /// <summary>States in which something may still follow.</summary>
    public static readonly IReadOnlyList<RolloutState> Open = [RolloutState.UnderWay, RolloutState.Held];

    /// <summary>States of an operation at which its rollout is held.</summary>
    public static readonly IReadOnlyList<OperationState> Stops =
    [
        OperationState.Failed, OperationState.Unknown, OperationState.Reconciled, OperationState.Refused, OperationState.Cancelled, OperationState.Expired,
    ];

    /// <summary>The wave whose turn it is: the first from here on in which something is waited for; one more than there are when there is none.</summary>
    /// <param name="wave">Whose turn it was.</param>
    /// <param name="waveCount">How many there are.</param>
    /// <param name="waitedFor">The waves of servers that have neither succeeded nor been left out.</param>
    public static int WaveAfter(int wave, int waveCount, IReadOnlyCollection<int> waitedFor) =>
        Enumerable.Range(wave, waveCount - wave + 1).FirstOrDefault(waitedFor.Contains, waveCount + 1);
}
