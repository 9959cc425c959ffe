using System.Globalization;
using Grpc.Core;
using HaiSoft.Controller.Requests;
using HaiSoft.Protocol.Technician.V1;
using RequestDetail = HaiSoft.Protocol.Technician.V1.RequestDetail;
using RequestStep = HaiSoft.Controller.Requests.RequestStep;

namespace HaiSoft.Controller.Api;

/// <summary>Shows requests and takes what technicians do about them, for their command lines.</summary>
internal sealed class RequestCalls(RequestBoard board, RequestWork work, QuoteWork quotes) : RequestsService.RequestsServiceBase
{
    private static readonly RequestStep[] StepsAboutNoQuote =
        [RequestStep.Include, RequestStep.NeedQuote, RequestStep.Take, RequestStep.Close, RequestStep.Refuse, RequestStep.Withdraw];

    public override async Task<AddRequestResponse> AddRequest(AddRequestRequest request, ServerCallContext context) =>
        new() { Detail = After(await work.ReceiveAsync(RequestMessages.ToDraft(request.Wish ?? new()), ActorOf(context), context.CancellationToken)) };

    public override async Task<ListRequestsResponse> ListRequests(ListRequestsRequest request, ServerCallContext context) =>
        new()
        {
            Requests =
            {
                (await board.ListAsync(customerId: null, request.IncludeEnded, context.CancellationToken))
                    .Select(detail => RequestMessages.ToMessage(detail.Request)),
            },
        };

    public override async Task<GetRequestResponse> GetRequest(GetRequestRequest request, ServerCallContext context)
    {
        Requests.RequestDetail detail = await board.FindAsync(NumberOf(request.RequestId), ActorOf(context), context.CancellationToken)
            ?? throw Faults.NoRequest(request.RequestId);
        return new() { Detail = RequestMessages.ToMessage(detail) };
    }

    public override async Task<TakeStepResponse> TakeStep(TakeStepRequest request, ServerCallContext context)
    {
        RequestStep step = (RequestStep)request.Step;
        if (!StepsAboutNoQuote.Contains(step))
            throw new RpcException(new Status(StatusCode.InvalidArgument, "Say which step: include, need quote, take, close, refuse or withdraw."));
        return new()
        {
            Detail = After(await work.StepAsync(NumberOf(request.RequestId), step, request.Note, ActorOf(context), context.CancellationToken)),
        };
    }

    public override async Task<WriteQuoteResponse> WriteQuote(WriteQuoteRequest request, ServerCallContext context) =>
        new()
        {
            Detail = After(await quotes.WriteAsync(
                NumberOf(request.RequestId),
                [.. request.Lines.Select(line => new Requests.QuoteLine(line.Text, line.Quantity, line.UnitPrice?.Cents ?? 0))],
                RequestMessages.DayOf(request.ValidUntilDate),
                ActorOf(context),
                context.CancellationToken)),
        };

    public override async Task<SendQuoteResponse> SendQuote(SendQuoteRequest request, ServerCallContext context) =>
        new() { Detail = After(await quotes.SendAsync(NumberOf(request.RequestId), ActorOf(context), context.CancellationToken)) };

    private static RequestActor ActorOf(ServerCallContext context) => new(Caller.IdOf(context), Caller.NameOf(context), RequestParty.Technician);

    private static RequestDetail After(RequestOutcome outcome) => outcome switch
    {
        RequestOutcome.Done done => RequestMessages.ToMessage(done.Detail),
        RequestOutcome.NotFound missing => throw Faults.NoRequest(missing.Number.ToString(CultureInfo.InvariantCulture)),
        RequestOutcome.Refused refused => throw new RpcException(new Status(
            refused.ByState ? StatusCode.FailedPrecondition : StatusCode.InvalidArgument, string.Join('\n', refused.Faults.Select(fault => fault.Text)))),
        _ => throw new InvalidOperationException("a step on a request ended in a way that has no answer"),
    };

    private static long NumberOf(string requestId) =>
        long.TryParse(requestId, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw Faults.NoRequest(requestId);
}
