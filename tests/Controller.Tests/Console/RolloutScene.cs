using Google.Protobuf;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Controller.Tests.Console;

/// <summary>A rollout for the pages to show: it succeeded on its first server, failed on the second, and the third has made no plan.</summary>
internal sealed class RolloutScene(ConsoleHost host)
{
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    /// <summary>Makes it, held.</summary>
    /// <param name="serverIds">Three.</param>
    public async Task<long> HeldAsync(params string[] serverIds)
    {
        long number = await host.Get<WriteGate>().WriteAsync(
            async (session, token) =>
            {
                RolloutRow rollout = new()
                {
                    Ask = new PlanRequest { UpdatePackages = new UpdatePackages { Names = { "php-fpm" } } }.ToByteArray(),
                    ServerCount = serverIds.Length,
                    WaveCount = serverIds.Length,
                    StartedBy = "token:test",
                    StartedTime = _now,
                    WindowStartTime = _now,
                    WindowEndTime = _now.AddDays(1),
                    State = RolloutState.Held,
                    Wave = 2,
                    HeldBecause = "operation 2 on db-02: Failed",
                };
                session.Db.Add(rollout);
                await session.Db.SaveChangesAsync(token);
                session.Db.AddRange(serverIds.Select((id, i) => new RolloutServerRow { RolloutNumber = rollout.RolloutNumber, ServerId = id, Place = i + 1, Wave = i + 1 }));
                session.Db.AddRange(new[] { RolloutStep.Start, RolloutStep.BeginWave, RolloutStep.Hold }.Select(step => new RolloutEventRow
                {
                    RolloutNumber = rollout.RolloutNumber,
                    Step = step,
                    OccurredTime = _now,
                    Actor = "token:test",
                    Text = step == RolloutStep.Hold ? rollout.HeldBecause : "",
                }));
                await session.Db.SaveChangesAsync(token);
                return rollout.RolloutNumber;
            },
            CancellationToken.None);
        await new OperationScene(host, serverIds[0]).OfRolloutAsync(number, OperationState.Succeeded);
        await new OperationScene(host, serverIds[1]).OfRolloutAsync(number, OperationState.Failed);
        return number;
    }
}
