using Grpc.Core;
using HaiSoft.Protocol.Agent.V1;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Ingest;

/// <summary>Listens to one stream: verifies what comes and hands it to the writer.</summary>
internal sealed class StreamIntake(
    IngestQueue queue,
    IngestBudget budget,
    ReportTaking taking,
    AwaitedAnswers<CheckAnswer> checks,
    AwaitedAnswers<PlanAnswer> plans,
    IOptions<IngestOptions> options,
    TimeProvider time)
{
    // An agent may have sent before it saw how little credit it was given; beyond twice of it, it does not care.
    private const int Leniency = 2;

    /// <summary>Listens until the agent half-closes and all that it sent is durable.</summary>
    /// <exception cref="RpcException">The agent breaks the rules of the protocol; the detail says how.</exception>
    public async Task ListenAsync(AgentStream stream, AgentClock clock, IAsyncStreamReader<ConnectRequest> requests)
    {
        while (await TakeNextAsync(stream, clock, requests, await budget.RoomAsync(stream.Ended)))
        {
        }

        await stream.SettledAsync();
    }

    // What was kept free for it is given back once it is held; when nothing waits to be read, at once: the agent may be silent for long.
    private async Task<bool> TakeNextAsync(AgentStream stream, AgentClock clock, IAsyncStreamReader<ConnectRequest> requests, int kept)
    {
        try
        {
            Task<bool> reading = requests.MoveNext(stream.Ended);
            if (!reading.IsCompleted)
            {
                budget.Release(kept);
                kept = 0;
            }

            if (!await reading)
                return false;
            Take(stream, clock, requests.Current);
            return true;
        }
        finally
        {
            budget.Release(kept);
        }
    }

    private void Take(AgentStream stream, AgentClock clock, ConnectRequest request)
    {
        switch (request.MessageCase)
        {
            case ConnectRequest.MessageOneofCase.Reports:
                Refuse(ReportFaults.Find(request.Reports, stream.Epoch, stream.LastSequence, out int bytes));
                stream.LastSequence = request.Reports.Reports[^1].Sequence;
                Add(stream, clock, request.Reports.Reports, bytes, urgent: false);
                break;
            case ConnectRequest.MessageOneofCase.UrgentReport:
                Refuse(ReportFaults.Find(request.UrgentReport, "urgent_report", out bytes));
                Add(stream, clock, [request.UrgentReport], bytes, urgent: true);
                break;
            case ConnectRequest.MessageOneofCase.CheckAnswer:
                Refuse(MessageFaults.Find(request.CheckAnswer, "check_answer"));
                checks.Take(stream.ServerId, request.CheckAnswer.RequestId, request.CheckAnswer);
                break;
            case ConnectRequest.MessageOneofCase.PlanAnswer:
                Refuse(MessageFaults.Find(request.PlanAnswer, "plan_answer") ?? WhyNoAnswer(request.PlanAnswer));
                plans.Take(stream.ServerId, request.PlanAnswer.RequestId, request.PlanAnswer);
                break;
            case ConnectRequest.MessageOneofCase.Hello:
                throw new RpcException(new(StatusCode.InvalidArgument, "Hello comes once, first."));
            default:
                throw new RpcException(new(
                    StatusCode.InvalidArgument, "A message without a kind that this controller knows; it may be older than the agent."));
        }
    }

    private static string? WhyNoAnswer(PlanAnswer answer) =>
        answer.AnswerCase == PlanAnswer.AnswerOneofCase.None ? "plan_answer has neither a plan nor a refusal." : null;

    private static void Refuse(string? fault)
    {
        if (fault is not null)
            throw new RpcException(new(StatusCode.InvalidArgument, fault));
    }

    private void Add(AgentStream stream, AgentClock clock, IReadOnlyList<Report> reports, int bytes, bool urgent)
    {
        if (stream.UnacknowledgedBytes + bytes > Leniency * Math.Max(options.Value.CreditBytes, ReportFaults.LargestReportBytes))
            throw new RpcException(new(StatusCode.ResourceExhausted, "More was sent than the credit allows: wait for Credit."));
        stream.Begin(bytes);
        budget.Hold(bytes);
        queue.Add(new ReportsWork(stream, reports, bytes, clock, time.GetUtcNow(), urgent, taking));
    }
}
