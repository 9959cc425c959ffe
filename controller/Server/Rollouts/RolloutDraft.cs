using HaiSoft.Controller.Records;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Rollouts;

/// <summary>What a rollout is started with.</summary>
/// <param name="Ask">What each server is to resolve.</param>
/// <param name="Servers">Their names, in the order of the waves.</param>
/// <param name="WaveSizes">How many servers each wave has; none: one, then ten at a time.</param>
/// <param name="RequestNumber">The customer's request that it is for; absent for none.</param>
/// <param name="From">From when it may be begun; absent: from now.</param>
/// <param name="Until">From when nothing of it may be begun any more; absent: 24 h after the start.</param>
internal sealed record RolloutDraft(
    PlanRequest Ask, IReadOnlyList<string> Servers, IReadOnlyList<int> WaveSizes, long? RequestNumber, DateTimeOffset? From, DateTimeOffset? Until)
{
    private const int MostServers = 1000;

    /// <summary>What is wrong with its servers and waves; absent when nothing is.</summary>
    public string? Fault() => Servers.Count switch
    {
        < 2 => "A rollout is for two servers or more: for one, draft an operation.",
        > MostServers => $"A rollout is for {MostServers} servers at most.",
        _ when Servers.CountBy(RecordName.KeyOf).FirstOrDefault(count => count.Value > 1) is { Key: { } twice } => $"The server '{twice}' is named more than once.",
        _ when WaveSizes.Any(size => size is < 1 or > MostServers) => $"A wave has 1 to {MostServers} servers.",
        _ => null,
    };
}
