using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Controller.Incidents;
using HaiSoft.Controller.Records;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Controller.Api;

/// <summary>Shows incidents and takes what technicians do about them, for their command lines.</summary>
internal sealed class IncidentCalls(IncidentBoard board, IncidentWork work, IncidentChanges changes, Servers servers, TimeProvider time)
    : IncidentService.IncidentServiceBase
{
    public override async Task<ListIncidentsResponse> ListIncidents(ListIncidentsRequest request, ServerCallContext context)
    {
        string? serverId = request.Server.Length == 0
            ? null
            : await servers.FindIdAsync(request.Server, context.CancellationToken) ?? throw Faults.NoServer(request.Server);
        IncidentQueue queue = await board.ListAsync(request.IncludeResolved, serverId, context.CancellationToken);
        return new ListIncidentsResponse
        {
            Incidents = { queue.Incidents.Select(IncidentMessages.ToMessage) },
            ServerTime = queue.At.ToTimestamp(),
        };
    }

    public override async Task<GetIncidentResponse> GetIncident(GetIncidentRequest request, ServerCallContext context)
    {
        IncidentDetail detail = await board.FindAsync(NumberOf(request.IncidentId), context.CancellationToken)
            ?? throw Faults.NoIncident(request.IncidentId);
        return new GetIncidentResponse
        {
            Incident = IncidentMessages.ToMessage(detail.Incident),
            Timeline = { detail.Timeline.Select(IncidentMessages.ToMessage) },
            ServerTime = time.GetUtcNow().ToTimestamp(),
        };
    }

    public override async Task<AcknowledgeIncidentResponse> AcknowledgeIncident(AcknowledgeIncidentRequest request, ServerCallContext context) =>
        new()
        {
            Incident = After(await work.AcknowledgeAsync(
                NumberOf(request.IncidentId), Caller.NameOf(context), context.CancellationToken)),
        };

    public override async Task<BeginInterventionResponse> BeginIntervention(BeginInterventionRequest request, ServerCallContext context) =>
        new()
        {
            Incident = After(await work.BeginInterventionAsync(
                NumberOf(request.IncidentId), Caller.NameOf(context), context.CancellationToken)),
        };

    public override async Task<RecordReplacementResponse> RecordReplacement(RecordReplacementRequest request, ServerCallContext context) =>
        new()
        {
            Incident = After(await work.RecordReplacementAsync(
                NumberOf(request.IncidentId), Caller.NameOf(context), request.NewSerial, context.CancellationToken)),
        };

    public override async Task<ResolveIncidentResponse> ResolveIncident(ResolveIncidentRequest request, ServerCallContext context) =>
        new()
        {
            Incident = After(await work.ResolveAsync(
                NumberOf(request.IncidentId), Caller.NameOf(context), request.Note, context.CancellationToken)),
        };

    public override async Task WatchIncidents(
        WatchIncidentsRequest request, IServerStreamWriter<WatchIncidentsResponse> responseStream, ServerCallContext context)
    {
        // Headers at once: the caller lists what there is only when it is sure to miss nothing that follows.
        IAsyncEnumerator<IncidentView> incidents = changes.WatchAsync(context.CancellationToken).GetAsyncEnumerator(context.CancellationToken);
        await using (incidents)
        {
            ValueTask<bool> next = incidents.MoveNextAsync();
            await context.WriteResponseHeadersAsync([]);
            while (await next)
            {
                await responseStream.WriteAsync(
                    new WatchIncidentsResponse { Incident = IncidentMessages.ToMessage(incidents.Current) }, context.CancellationToken);
                next = incidents.MoveNextAsync();
            }
        }
    }

    private static Incident After(IncidentStep step) => step switch
    {
        IncidentStep.Done done => IncidentMessages.ToMessage(done.Incident),
        IncidentStep.NotFound missing => throw Faults.NoIncident(missing.Number.ToString(CultureInfo.InvariantCulture)),
        IncidentStep.Refused refused => throw new RpcException(new Status(StatusCode.FailedPrecondition, refused.Reason)),
        _ => throw new InvalidOperationException("a step on an incident ended in a way that has no answer"),
    };

    private static long NumberOf(string incidentId) =>
        long.TryParse(incidentId, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw Faults.NoIncident(incidentId);
}
