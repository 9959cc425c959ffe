using Grpc.Core;
using HaiSoft.Controller.Operations;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Controller.Api;

/// <summary>Plans operations, for technicians' command lines.</summary>
internal sealed class OperationCalls(PlanAsking plans) : OperationService.OperationServiceBase
{
    public override async Task<PlanOperationResponse> PlanOperation(PlanOperationRequest request, ServerCallContext context) =>
        await plans.AskAsync(request.Server, ToRequest(request), Caller.NameOf(context), context.CancellationToken) switch
        {
            Planned.Made made => new PlanOperationResponse { Plan = made.Bytes },
            Planned.Refused refused => new PlanOperationResponse { Refusal = refused.Why },
            Planned.NoServer => throw Faults.NoServer(request.Server),
            Planned.Withheld withheld => throw Precondition($"Nothing is planned on {request.Server}: {withheld.Why}."),
            Planned.Offline => throw Precondition($"The agent of {request.Server} is not connected: nothing can be planned from here."),
            Planned.NoAnswer => throw Precondition($"The agent of {request.Server} did not answer within {PlanAsking.Patience.TotalMinutes:0} minutes."),
            Planned.Unusable unusable => throw Precondition($"What {request.Server} answered is no plan of this. {unusable.Why}"),
            _ => throw new InvalidOperationException("a plan ended in no known way"),
        };

    private static PlanRequest ToRequest(PlanOperationRequest request) => request.OperationCase switch
    {
        PlanOperationRequest.OperationOneofCase.InstallPackages => new() { InstallPackages = request.InstallPackages },
        PlanOperationRequest.OperationOneofCase.UpdatePackages => new() { UpdatePackages = request.UpdatePackages },
        PlanOperationRequest.OperationOneofCase.SecurityUpdates => new() { SecurityUpdates = request.SecurityUpdates },
        _ => throw new RpcException(new(StatusCode.InvalidArgument, "Say what to plan: packages to install or to update, or security updates.")),
    };

    private static RpcException Precondition(string words) => new(new(StatusCode.FailedPrecondition, words));
}
