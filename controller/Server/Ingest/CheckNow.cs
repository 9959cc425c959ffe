using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Rules.Services;
using HaiSoft.Protocol.Agent.V1;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Has an agent check a service at once, for a technician who does not want to wait for the next round. The check's report
/// comes by the spool as any other; what is told here is only the verdict (DESIGN 3).
/// </summary>
internal sealed class CheckNow(AgentStreams streams, AwaitedAnswers<CheckAnswer> answers, IOptions<FindingOptions> options, TimeProvider time)
{
    // The agent's own limit of a check is 10 s, and it repeats a failed one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ServiceThresholds _thresholds = options.Value.ToThresholds();

    /// <summary>Asks, and waits for the answer up to half a minute.</summary>
    /// <param name="serverId">The server.</param>
    /// <param name="serviceId">A service that its agent checks: "systemd:mariadb.service".</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<CheckedNow> AskAsync(string serverId, string serviceId, CancellationToken cancellationToken)
    {
        string requestId = Guid.NewGuid().ToString("N");
        using AwaitedAnswers<CheckAnswer>.Wait wait = answers.Expect(serverId, requestId);
        if (!streams.Say(serverId, new() { Check = new() { RequestId = requestId, ServiceId = serviceId } }))
            return new CheckedNow.Offline();
        try
        {
            return Judge(await wait.Answer.WaitAsync(Patience, time, cancellationToken));
        }
        catch (TimeoutException)
        {
            return new CheckedNow.NoAnswer(Patience);
        }
    }

    private CheckedNow Judge(CheckAnswer answer)
    {
        if (answer.Check is null)
            return new CheckedNow.NotChecked();
        ServiceFacts facts = ServiceMapping.Map(answer.Check, time.GetUtcNow());
        Verdict? verdict = ServiceRules.Judge(facts, new History<ServiceFacts>(), _thresholds);
        return verdict is null
            ? new CheckedNow.Seen(Health.Unknown, $"{facts.Name} is changing its state; ask again")
            : new CheckedNow.Seen(verdict.Health, verdict.Reason);
    }
}

/// <summary>What came of a check that was asked for.</summary>
internal abstract record CheckedNow
{
    /// <summary>The server's agent has no stream open.</summary>
    internal sealed record Offline : CheckedNow;

    /// <summary>The agent did not answer in time.</summary>
    internal sealed record NoAnswer(TimeSpan Within) : CheckedNow;

    /// <summary>The agent does not check such a service.</summary>
    internal sealed record NotChecked : CheckedNow;

    /// <summary>It was checked.</summary>
    internal sealed record Seen(Health Health, string Reason) : CheckedNow;
}
