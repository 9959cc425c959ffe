using HaiSoft.Controller.Records;
using HaiSoft.Controller.Storage;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Requests;

/// <summary>What customers ask for, and what technicians do about it. Each step is one transaction: step, what it does, and audit.</summary>
internal sealed class RequestWork(WriteGate gate, RequestStory story, ServerChecks checks)
{
    private static readonly RequestStep[] StepsWithReason = [RequestStep.Include, RequestStep.NeedQuote, RequestStep.Close, RequestStep.Refuse];

    /// <summary>Takes a request in: from a customer for its own servers, from a technician for servers of one customer.</summary>
    public Task<RequestOutcome> ReceiveAsync(RequestDraft draft, RequestActor by, CancellationToken cancellationToken) =>
        gate.WriteAsync<RequestOutcome>(
            async (session, token) =>
            {
                string[] keys = [.. draft.Servers.Select(RecordName.KeyOf).Distinct()];
                List<ServerRow> servers = await session.Db.Set<ServerRow>().AsNoTracking()
                    .Where(row => keys.Contains(row.NameKey) && (by.CustomerId == null || row.CustomerId == by.CustomerId))
                    .ToListAsync(token);
                RequestFault[] faults = [.. draft.Faults(session.Now), .. ServerFaults(draft, servers)];
                if (faults.Length > 0)
                    return new RequestOutcome.Refused(faults, ByState: false);
                long number = await AddAsync(session, draft, servers, token);
                await story.AddAsync(session, number, RequestStep.Receive, "", quote: null, by, token);
                return new RequestOutcome.Done(await RequestStory.ShowAsync(session, number, token));
            },
            cancellationToken);

    /// <summary>
    /// Takes a step that is about no quote: include, need quote, take, close, refuse, withdraw. Closing a request to monitor a service has it
    /// monitored, on all of its servers.
    /// </summary>
    public Task<RequestOutcome> StepAsync(long number, RequestStep step, string text, RequestActor by, CancellationToken cancellationToken) =>
        story.ChangeAsync(
            number,
            by,
            async (session, request, token) =>
            {
                bool monitors = step == RequestStep.Close && request.Row.Kind == RequestKind.MonitorService;
                if ((RequestStory.Forbid(request, step, by) ?? RequestStory.Judge(text, StepsWithReason.Contains(step) && !monitors)) is { } refused)
                    return refused;
                if (monitors && await MonitorAsync(session, request, by, token) is { } undone)
                    return undone;
                await story.AddAsync(session, number, step, text.Trim(), quote: null, by, token);
                return null;
            },
            cancellationToken);

    private static IEnumerable<RequestFault> ServerFaults(RequestDraft draft, List<ServerRow> found)
    {
        foreach (string name in draft.Servers.Where(name => found.TrueForAll(row => row.NameKey != RecordName.KeyOf(name))))
            yield return new("no-server", $"there is no server '{name}'", name);
        if (found.Select(row => row.CustomerId).Distinct().Count() > 1)
            yield return new("customers", "the servers are of several customers: make a request for each customer");
    }

    private static async Task<long> AddAsync(WriteSession session, RequestDraft draft, List<ServerRow> servers, CancellationToken cancellationToken)
    {
        RequestRow row = new()
        {
            CustomerId = servers[0].CustomerId,
            Kind = draft.Kind!.Value,
            Details = draft.ToDetails().Write(),
            WindowFromTime = draft.WindowFrom,
            WindowUntilTime = draft.WindowUntil,
        };
        session.Db.Add(row);
        await session.Db.SaveChangesAsync(cancellationToken);
        session.Db.AddRange(servers.Select(server => new RequestServerRow { RequestNumber = row.RequestNumber, ServerId = server.ServerId }));
        return row.RequestNumber;
    }

    private async Task<RequestOutcome.Refused?> MonitorAsync(
        WriteSession session, StoredRequest request, RequestActor by, CancellationToken cancellationToken)
    {
        AddedService service = RequestDetails.Read(request.Row.Details).Service!;
        IReadOnlyList<string> faults = await checks.AddAsync(session, request.ServerIds, service, by.AuditName, cancellationToken);
        return faults.Count > 0 ? new([.. faults.Select(fault => new RequestFault("check", fault, service.ServiceId))], ByState: true) : null;
    }
}
