using Google.Protobuf;
using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Ingest;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Operations;

/// <summary>Has a server resolve what an operation would change there. Nothing is changed, so it needs no signature (DESIGN 3).</summary>
internal sealed class PlanAsking(
    Servers servers, OrderRight orders, AgentStreams streams, AwaitedAnswers<PlanAnswer> answers, WriteGate gate, AuditLog audit, TimeProvider time)
{
    /// <summary>How long an answer is waited for: packages are fetched meanwhile.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private const int LargestPlan = 1 << 20;

    /// <summary>Asks a server's agent.</summary>
    /// <param name="serverName">The server.</param>
    /// <param name="request">What to resolve; its id is given here.</param>
    /// <param name="technician">Who asks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Planned> AskAsync(string serverName, PlanRequest request, string technician, CancellationToken cancellationToken)
    {
        if (await servers.FindIdAsync(serverName, cancellationToken) is not { } serverId)
            return new Planned.NoServer();
        AgentRow? agent = await orders.LastAgentAsync(serverId, cancellationToken);
        if (orders.WithheldBecause(agent) is { Length: > 0 } why)
            return new Planned.Withheld(why);
        request.RequestId = Guid.NewGuid().ToString("N");
        using AwaitedAnswers<PlanAnswer>.Wait wait = answers.Expect(serverId, request.RequestId);
        if (!streams.Say(serverId, new ConnectResponse { Plan = request }))
            return new Planned.Offline();
        try
        {
            PlanAnswer answer = await wait.Answer.WaitAsync(Patience, time, cancellationToken);
            Planned planned = answer.AnswerCase == PlanAnswer.AnswerOneofCase.Refusal
                ? new Planned.Refused(answer.Refusal)
                : Judge(answer.Plan, request, agent!.MachineId);
            if (planned is Planned.Made made)
                await KeepAsync(serverId, request, made, technician, cancellationToken);
            return planned;
        }
        catch (TimeoutException)
        {
            return new Planned.NoAnswer();
        }
    }

    private static Planned Judge(ByteString bytes, PlanRequest request, string machineId)
    {
        if (bytes.Length > LargestPlan)
            return new Planned.Unusable($"It has {bytes.Length} bytes; the most is {LargestPlan}.");
        Judged<Plan> read = ExactBytes.Read(Plan.Parser, bytes.Span);
        if (read.Refusal is { } refusal)
            return new Planned.Unusable(refusal.Words);
        Plan plan = read.Accepted;
        if (plan.MachineId != machineId)
            return new Planned.Unusable("It is for another machine.");
        return plan.WhatIsPlanned()?.Equals(request.WhatIsAsked()) == true
            ? new Planned.Made(plan, bytes)
            : new Planned.Unusable("It is for another operation than the one that was asked for.");
    }

    private Task<long> KeepAsync(string serverId, PlanRequest request, Planned.Made made, string technician, CancellationToken cancellationToken) =>
        gate.WriteAsync(
            async (session, token) =>
            {
                if (!await session.Db.Set<PlanRow>().AnyAsync(row => row.PlanHash == made.Hash, token))
                {
                    session.Db.Add(new PlanRow
                    {
                        PlanHash = made.Hash,
                        ServerId = serverId,
                        Content = made.Bytes.ToByteArray(),
                        MadeTime = session.Now,
                        MadeBy = technician,
                        LastUsedTime = session.Now,
                    });
                    await session.Db.SaveChangesAsync(token);
                }

                Dictionary<string, string> detail = new() { ["operation"] = request.OperationCase.ToString(), ["plan"] = made.Hash };
                return await audit.AppendAsync(session, new(technician, "operation.plan", $"server:{serverId}", detail), token);
            },
            cancellationToken);
}
