using System.Globalization;
using Grpc.Core;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;
using Wire = HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Controller.Api;

/// <summary>Plans operations, drafts orders for them, takes signatures and shows what became of them, for technicians' command lines.</summary>
internal sealed class OperationCalls(
    PlanAsking plans, OperationDrafting drafting, OperationUndoing undoing, OperationApproval approval, OperationWork work, OperationShowing showing)
    : OperationService.OperationServiceBase
{
    public override async Task<PlanOperationResponse> PlanOperation(PlanOperationRequest request, ServerCallContext context) =>
        await plans.AskAsync(request.Server, ToRequest(request), Caller.NameOf(context), context.CancellationToken) switch
        {
            Planned.Made made => new PlanOperationResponse { Plan = made.Bytes },
            Planned.Refused refused => new PlanOperationResponse { Refusal = refused.Why },
            Planned other => throw NoPlan(request.Server, other),
        };

    public override async Task<DraftOperationResponse> DraftOperation(DraftOperationRequest request, ServerCallContext context) =>
        await drafting.DraftAsync(ToDraft(request), ActorOf(context), context.CancellationToken) switch
        {
            OperationOutcome.NoPlan { Why: Planned.Refused refused } => new DraftOperationResponse { Refusal = refused.Why },
            OperationOutcome.NoPlan other => throw NoPlan(request.Server, other.Why),
            OperationOutcome outcome => new DraftOperationResponse { Detail = await showing.AfterAsync(outcome, context.CancellationToken) },
        };

    public override async Task<UndoOperationResponse> UndoOperation(UndoOperationRequest request, ServerCallContext context)
    {
        (DateTimeOffset?, DateTimeOffset?) window = (Instants.Read(request.WindowStartTime), Instants.Read(request.WindowEndTime));
        return await undoing.DraftAsync(NumberOf(request.OperationId), IncidentOf(request.IncidentId), window, request.Reboot, ActorOf(context), context.CancellationToken) switch
        {
            OperationOutcome.NoPlan { Why: Planned.Refused refused } => new UndoOperationResponse { Refusal = refused.Why },
            OperationOutcome.NoPlan other => throw NoPlan($"the server of operation {request.OperationId}", other.Why),
            OperationOutcome outcome => new UndoOperationResponse { Detail = await showing.AfterAsync(outcome, context.CancellationToken) },
        };
    }

    public override async Task<ListOperationsResponse> ListOperations(ListOperationsRequest request, ServerCallContext context) =>
        new() { Operations = { await showing.ListAsync(request, context.CancellationToken) } };

    public override async Task<GetOperationResponse> GetOperation(GetOperationRequest request, ServerCallContext context) =>
        new() { Detail = await showing.FindAsync(NumberOf(request.OperationId), context.CancellationToken) };

    public override async Task<ApproveOperationResponse> ApproveOperation(ApproveOperationRequest request, ServerCallContext context)
    {
        if (request.Signature is null)
            throw new RpcException(new(StatusCode.InvalidArgument, "Give the signature."));
        return new()
        {
            Detail = await showing.AfterAsync(
                await approval.SignAsync(NumberOf(request.OperationId), request.Signature, ActorOf(context), context.CancellationToken), context.CancellationToken),
        };
    }

    public override async Task<CancelOperationResponse> CancelOperation(CancelOperationRequest request, ServerCallContext context) =>
        new()
        {
            Detail = await showing.AfterAsync(
                await work.CancelAsync(NumberOf(request.OperationId), request.Note, ActorOf(context), context.CancellationToken), context.CancellationToken),
        };

    public override async Task<ReviewOperationResponse> ReviewOperation(ReviewOperationRequest request, ServerCallContext context) =>
        new()
        {
            Detail = await showing.AfterAsync(
                await work.ReviewAsync(NumberOf(request.OperationId), request.Note, ActorOf(context), context.CancellationToken), context.CancellationToken),
        };

    public override async Task<SettleOperationResponse> SettleOperation(SettleOperationRequest request, ServerCallContext context)
    {
        bool succeeded = request.State switch
        {
            Wire.OperationState.Succeeded => true,
            Wire.OperationState.Failed => false,
            _ => throw new RpcException(new(StatusCode.InvalidArgument, "Say how it ended: succeeded or failed.")),
        };
        return new()
        {
            Detail = await showing.AfterAsync(
                await work.SettleAsync(NumberOf(request.OperationId), succeeded, request.Note, ActorOf(context), context.CancellationToken), context.CancellationToken),
        };
    }

    public override Task WatchOperation(
        WatchOperationRequest request, IServerStreamWriter<WatchOperationResponse> responseStream, ServerCallContext context) =>
        showing.WatchAsync(NumberOf(request.OperationId), responseStream, context.CancellationToken);

    private static OperationDraft ToDraft(DraftOperationRequest request) => new(
        request.Server,
        request.FromCase == DraftOperationRequest.FromOneofCase.Plan ? ToRequest(request.Plan) : null,
        request.FromCase switch
        {
            DraftOperationRequest.FromOneofCase.Plan => "",
            DraftOperationRequest.FromOneofCase.PlanSha256 => request.PlanSha256,
            _ => throw new RpcException(new(StatusCode.InvalidArgument, "Say from which plan: what to resolve now, or the hash of a plan that was made.")),
        },
        RequestOf(request.RequestId),
        IncidentOf(request.IncidentId),
        Instants.Read(request.WindowStartTime),
        Instants.Read(request.WindowEndTime),
        Reboot: request.Reboot);

    /// <summary>What a server is to resolve.</summary>
    public static PlanRequest ToRequest(PlanOperationRequest request) => request.OperationCase switch
    {
        PlanOperationRequest.OperationOneofCase.InstallPackages => new() { InstallPackages = request.InstallPackages },
        PlanOperationRequest.OperationOneofCase.UpdatePackages => new() { UpdatePackages = request.UpdatePackages },
        PlanOperationRequest.OperationOneofCase.SecurityUpdates => new() { SecurityUpdates = request.SecurityUpdates },
        _ => throw new RpcException(new(StatusCode.InvalidArgument, "Say what to plan: packages to install or to update, or security updates.")),
    };

    private static RpcException NoPlan(string server, Planned planned) => planned is Planned.NoServer ? Faults.NoServer(server) : Precondition(planned.WhyNot(server));

    /// <summary>Who calls.</summary>
    public static OperationActor ActorOf(ServerCallContext context) => new(Caller.IdOf(context), Caller.NameOf(context), OperationParty.Technician);

    /// <summary>The request that something is for; null for none.</summary>
    public static long? RequestOf(string requestId) => requestId.Length == 0 ? null : Number(requestId) ?? throw Faults.NoRequest(requestId);

    private static long? IncidentOf(string incidentId) => incidentId.Length == 0 ? null : Number(incidentId) ?? throw Faults.NoIncident(incidentId);

    private static long NumberOf(string operationId) => Number(operationId) ?? throw Faults.NoOperation(operationId);

    /// <summary>A number as it is written; null when it is none.</summary>
    public static long? Number(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;

    private static RpcException Precondition(string words) => new(new(StatusCode.FailedPrecondition, words));
}
