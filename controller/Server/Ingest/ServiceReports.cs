using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Rules.Findings;
using HaiSoft.Controller.Rules.Services;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using Microsoft.Extensions.Options;

namespace HaiSoft.Controller.Ingest;

/// <summary>Takes checks of services in.</summary>
internal sealed class ServiceReports(IOptions<FindingOptions> options)
{
    private static readonly TimeSpan LongestRound = TimeSpan.FromMinutes(15);
    private readonly ServiceThresholds _thresholds = options.Value.ToThresholds();

    public async Task TakeAsync(
        WriteSession session, string serverId, Judgement judgement, Report report, CorrectedTime time, CancellationToken cancellationToken)
    {
        ServiceReport body = report.Services;
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (ServiceCheck check in body.Checks)
        {
            CorrectedTime at = TimeOf(check, report, time);
            ServiceFacts facts = ServiceMapping.Map(check, at.At);
            string id = $"service:{facts.ServiceId}";
            seen.Add(id);
            await judgement.ObserveAsync(
                new Observed<ServiceFacts>(id, ComponentKind.Service, facts.Name, facts.At, body.Interval?.ToTimeSpan() ?? TimeSpan.Zero, facts, Judge)
                {
                    TimeNote = at.Note,
                    Moment = at.Moment,
                },
                cancellationToken);
        }

        if (body.Complete)
            await RemoveAsync(judgement, seen, time, cancellationToken);
        LinkTable.WorksBy(session, serverId, body.ConfigurationVersion);
    }

    // A round takes its time: each check keeps its own, relative to the report's.
    private static CorrectedTime TimeOf(ServiceCheck check, Report report, CorrectedTime time)
    {
        if (check.CheckedTime is null)
            return time;
        TimeSpan age = report.ObservedTime.ToDateTimeOffset() - check.CheckedTime.ToDateTimeOffset();
        return age > TimeSpan.Zero && age <= LongestRound ? time.Before(age) : time;
    }

    private static async Task RemoveAsync(Judgement judgement, HashSet<string> seen, CorrectedTime time, CancellationToken cancellationToken)
    {
        ComponentRow[] gone =
        [
            .. judgement.Present.Where(row =>
                row.Kind == ComponentKind.Service && row.ObservedComparedTo(time) < 0 && !seen.Contains(row.ComponentId)),
        ];
        foreach (ComponentRow row in gone)
            await judgement.RemoveAsync(row, time, "no longer checked: the server does not have it any more, or it was switched off", cancellationToken);
    }

    private Verdict? Judge(ServiceFacts facts, History<ServiceFacts> history) => ServiceRules.Judge(facts, history, _thresholds);
}
