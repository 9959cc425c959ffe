using HaiSoft.Ctl.Display;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Json;

/// <summary>Rollouts as shapes.</summary>
internal static class RolloutShaping
{
    public static RolloutShape Of(Rollout rollout) => new(
        rollout.RolloutId,
        RolloutWords.Of(rollout.State),
        RolloutWords.Of(rollout.What),
        Text(rollout.RequestId),
        rollout.StartedBy,
        Words.Of(rollout.StartedTime),
        Words.Of(rollout.WindowStartTime),
        Words.Of(rollout.WindowEndTime),
        rollout.Wave,
        rollout.WaveCount,
        rollout.ServerCount,
        rollout.SucceededCount,
        Text(rollout.HeldBecause));

    public static RolloutDetailShape Of(RolloutDetail detail) => new(
        Of(detail.Rollout),
        [.. detail.Servers.Select(server => new RolloutServerShape(
            server.Server, server.Wave, server.LeftOut, server.WithoutPlan, Text(server.Note), server.Operation is { } operation ? OperationShaping.Of(operation) : null))],
        [.. detail.Story.Select(e => new OperationEventShape(RolloutWords.Of(e.Step), Words.Of(e.OccurredTime), e.Actor, Text(e.Text)))]);

    private static string? Text(string text) => text.Length == 0 ? null : text;
}
