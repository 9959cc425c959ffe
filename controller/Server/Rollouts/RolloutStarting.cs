using Google.Protobuf;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Rollouts;

/// <summary>Starts rollouts. Their servers are asked for plans afterwards.</summary>
internal sealed class RolloutStarting(RolloutStory story, WriteGate gate)
{
    /// <summary>Starts one.</summary>
    /// <param name="draft">With what.</param>
    /// <param name="by">A technician.</param>
    /// <param name="cancellationToken">Ends it before it is written.</param>
    /// <returns>Done with the rollout's number, or why nothing was started.</returns>
    public Task<OperationOutcome> StartAsync(RolloutDraft draft, OperationActor by, CancellationToken cancellationToken) => gate.WriteAsync(
        async (session, token) =>
        {
            if (draft.Fault() is { } fault)
                return new OperationOutcome.Refused(fault, ByState: false);
            Dictionary<string, string?> ids = [];
            foreach (string server in draft.Servers)
                ids[server] = await DraftGrounds.ServerAsync(session.Db, server, token);
            if (ids.Where(found => found.Value is null).Select(found => $"'{found.Key}'").ToList() is { Count: > 0 } missing)
                return new OperationOutcome.NotFound($"There is no server {string.Join(", ", missing)}: see haisoftctl servers.");
            foreach (string server in draft.Servers)
            {
                if (await DraftGrounds.WhyNotAsync(session.Db, Of(draft, server), ids[server]!, session.Now, token) is { } groundless)
                    return groundless;
            }

            return await WriteAsync(session, draft, [.. draft.Servers.Select(server => ids[server]!)], by, token);
        },
        cancellationToken);

    private static OperationDraft Of(RolloutDraft draft, string server) =>
        new(server, draft.Ask, PlanHash: "", draft.RequestNumber, IncidentNumber: null, draft.From, draft.Until);

    private async Task<OperationOutcome> WriteAsync(
        WriteSession session, RolloutDraft draft, IReadOnlyList<string> serverIds, OperationActor by, CancellationToken cancellationToken)
    {
        (DateTimeOffset start, DateTimeOffset end) = Of(draft, "").WindowAt(session.Now);
        IReadOnlyList<int> waves = Waves.Of(serverIds.Count, draft.WaveSizes.Count == 0 ? Waves.DefaultSizes : draft.WaveSizes);
        RolloutRow rollout = new()
        {
            Ask = draft.Ask.ToByteArray(),
            ServerCount = serverIds.Count,
            WaveCount = waves[^1],
            RequestNumber = draft.RequestNumber,
            StartedBy = by.Id,
            StartedTime = session.Now,
            WindowStartTime = start,
            WindowEndTime = end,
            State = RolloutState.UnderWay,
            Wave = 1,
            HeldBecause = "",
        };
        session.Db.Add(rollout);
        await session.Db.SaveChangesAsync(cancellationToken);
        session.Db.AddRange(serverIds.Select((serverId, i) => new RolloutServerRow
        {
            RolloutNumber = rollout.RolloutNumber,
            ServerId = serverId,
            Place = i + 1,
            Wave = waves[i],
        }));
        await story.AddAsync(session, rollout, RolloutStep.Start, "", by, cancellationToken);
        return new OperationOutcome.Done(rollout.RolloutNumber);
    }
}
