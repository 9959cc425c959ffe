using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Rules.Sources;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Takes in what an agent tells of its own parts.</summary>
internal static class AgentReports
{
    public static Task TakeAsync(Judgement judgement, AgentFault fault, CorrectedTime time, CancellationToken cancellationToken)
    {
        (string id, string name) = fault.Part switch
        {
            AgentPart.Spool => ("spool", "The agent's spool"),
            AgentPart.Helper => ("helper", "The agent's privileged helper"),
            AgentPart.Renewal => ("renewal", "The renewal of the agent's certificate"),
            AgentPart.Configuration => ("configuration", "The agent's local configuration"),
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
        return judgement.ObserveAsync(
            new ObservedVerdict(
                AgentComponents.Part(id), ComponentKind.Agent, name, time.At, AgentRules.JudgePart(name, fault.Failing, fault.Detail))
            {
                TimeNote = time.Note,
                Moment = time.Moment,
            },
            cancellationToken);
    }
}
