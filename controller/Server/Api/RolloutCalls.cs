using Grpc.Core;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Rollouts;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Controller.Api;

/// <summary>Starts rollouts and follows them, for technicians' command lines.</summary>
internal sealed class RolloutCalls(RolloutStarting starting, RolloutWork work, RolloutBoard board) : RolloutService.RolloutServiceBase
{
    public override async Task<StartRolloutResponse> StartRollout(StartRolloutRequest request, ServerCallContext context)
    {
        RolloutDraft draft = new(
            OperationCalls.ToRequest(request.What ?? new()),
            request.Servers,
            request.WaveSizes,
            OperationCalls.RequestOf(request.RequestId),
            Instants.Read(request.WindowStartTime),
            Instants.Read(request.WindowEndTime));
        return new() { Detail = await AfterAsync(starting.StartAsync(draft, OperationCalls.ActorOf(context), context.CancellationToken), context) };
    }

    public override async Task<ListRolloutsResponse> ListRollouts(ListRolloutsRequest request, ServerCallContext context) =>
        new() { Rollouts = { (await board.ListAsync(context.CancellationToken)).Select(RolloutMessages.ToMessage) } };

    public override async Task<GetRolloutResponse> GetRollout(GetRolloutRequest request, ServerCallContext context) =>
        new() { Detail = await FindAsync(NumberOf(request.RolloutId), context) };

    public override async Task<ResumeRolloutResponse> ResumeRollout(ResumeRolloutRequest request, ServerCallContext context) => new()
    {
        Detail = await AfterAsync(
            work.ResumeAsync(NumberOf(request.RolloutId), request.Note, OperationCalls.ActorOf(context), context.CancellationToken), context),
    };

    public override async Task<CancelRolloutResponse> CancelRollout(CancelRolloutRequest request, ServerCallContext context) => new()
    {
        Detail = await AfterAsync(
            work.CancelAsync(NumberOf(request.RolloutId), request.Note, OperationCalls.ActorOf(context), context.CancellationToken), context),
    };

    private static long NumberOf(string rolloutId) => OperationCalls.Number(rolloutId) ?? throw NotThere(rolloutId);

    private static RpcException NotThere(string rolloutId) => new(new(StatusCode.NotFound, $"There is no rollout '{rolloutId}': see haisoftctl rollout list."));

    private async Task<RolloutDetail> AfterAsync(Task<OperationOutcome> step, ServerCallContext context) =>
        await FindAsync(OperationShowing.NumberOf(await step), context);

    private async Task<RolloutDetail> FindAsync(long number, ServerCallContext context) =>
        RolloutMessages.ToMessage(await board.FindAsync(number, context.CancellationToken) ?? throw NotThere($"{number}"));
}
