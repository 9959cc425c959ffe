using Grpc.Core;
using HaiSoft.Protocol.Agent.V1;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Ingest;

/// <summary>Listens to one stream: verifies what comes, has it written, and answers once it is durable.</summary>
internal sealed class StreamIntake(IngestQueue queue, CheckAnswers answers, IOptions<IngestOptions> options, TimeProvider time)
{
    // An agent may have sent before it saw how little credit it was given; beyond twice of it, it does not care.
    private const int Leniency = 2;

    /// <summary>Listens until the agent half-closes and all that it sent is durable.</summary>
    /// <exception cref="RpcException">The agent breaks the rules of the protocol; the detail says how.</exception>
    public async Task ListenAsync(
        AgentStream stream, Accepted accepted, IAsyncStreamReader<ConnectRequest> requests, CancellationToken cancellationToken)
    {
        Session session = new(stream, accepted);
        while (await requests.MoveNext(cancellationToken))
            await TakeAsync(session, requests.Current, cancellationToken);
        await session.LastWritten.WaitAsync(cancellationToken);
    }

    private Task TakeAsync(Session session, ConnectRequest request, CancellationToken cancellationToken)
    {
        switch (request.MessageCase)
        {
            case ConnectRequest.MessageOneofCase.Reports:
                Refuse(ReportFaults.Find(request.Reports, session.Stream.Epoch, session.LastSequence));
                session.LastSequence = request.Reports.Reports[^1].Sequence;
                return AddAsync(session, request.Reports.Reports, urgent: false, cancellationToken);
            case ConnectRequest.MessageOneofCase.UrgentReport:
                Refuse(ReportFaults.Find(request.UrgentReport, "urgent_report"));
                return AddAsync(session, [request.UrgentReport], urgent: true, cancellationToken);
            case ConnectRequest.MessageOneofCase.CheckAnswer:
                Refuse(MessageFaults.Find(request.CheckAnswer, "check_answer"));
                answers.Take(session.Stream.ServerId, request.CheckAnswer);
                return Task.CompletedTask;
            case ConnectRequest.MessageOneofCase.Hello:
                throw new RpcException(new(StatusCode.InvalidArgument, "Hello comes once, first."));
            default:
                throw new RpcException(new(
                    StatusCode.InvalidArgument, "A message without a kind that this controller knows; it may be older than the agent."));
        }
    }

    private static void Refuse(string? fault)
    {
        if (fault is not null)
            throw new RpcException(new(StatusCode.InvalidArgument, fault));
    }

    private async Task AddAsync(Session session, IReadOnlyList<Report> reports, bool urgent, CancellationToken cancellationToken)
    {
        int bytes = reports.Sum(report => report.CalculateSize());
        session.Stream.Take(bytes);
        if (session.Stream.UnacknowledgedBytes > Leniency * options.Value.CreditBytes)
            throw new RpcException(new(StatusCode.ResourceExhausted, "More was sent than the credit allows: wait for Credit."));
        IngestItem item = new(session.Stream.ServerId, session.Stream.Epoch, [.. reports], session.Clock, time.GetUtcNow(), urgent);
        await queue.AddAsync(item, cancellationToken);
        session.LastWritten = AnswerAsync(session, item, bytes);
    }

    // The writer keeps the order, so answers come in order too.
    private static async Task AnswerAsync(Session session, IngestItem item, int bytes)
    {
        try
        {
            IngestResult result = await item.Durable.Task;
            session.Stream.Take(-bytes);
            if (!item.Urgent)
                session.Stream.Say(new() { Ack = new() { SpoolEpoch = item.Epoch, Sequence = result.LastDurable } });
            session.Stream.Say(new() { Credit = new() { AdditionalBytes = bytes } });
            if (result.Gap && !session.ResyncAsked)
            {
                session.ResyncAsked = true;
                session.Stream.Say(new() { Resync = new() { Reason = ResyncReason.Gap } });
            }
        }
        catch (Exception)
        {
            // IngestWriter has logged it. What was not written is sent again on the next stream.
            session.Stream.End(new(StatusCode.Internal, "The controller could not store the reports; its log says why. They will be asked for again."));
        }
    }

    private sealed class Session(AgentStream stream, Accepted accepted)
    {
        public AgentStream Stream { get; } = stream;

        public AgentClock Clock { get; } = accepted.Clock;

        public long LastSequence { get; set; }

        public bool ResyncAsked { get; set; } = accepted.NewEpoch;

        public Task LastWritten { get; set; } = Task.CompletedTask;
    }
}
