using HaiSoft.Controller.Identity;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Records;
using HaiSoft.Controller.Requests;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Operations;

/// <summary>Shows operations.</summary>
internal sealed class OperationBoard(IDbContextFactory<ControllerDbContext> contexts, OrderSealing sealing, OrderRight agents, TimeProvider time)
{
    /// <summary>Operations in which something may still follow or that are to be reviewed, the oldest first; then those that ended, the newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cancellationToken">Ends the queries.</param>
    public async Task<IReadOnlyList<OperationView>> ListAsync(OperationFilter filter, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        IQueryable<OperationRow> all = filter.On(db);
        List<OperationRow> rows = await all
            .Where(row => row.ReviewDueTime != null || (!filter.ReviewOnly && OperationLife.Open.Contains(row.State)))
            .OrderBy(row => row.OperationNumber).ToListAsync(cancellationToken);
        if (filter.IncludeEnded && !filter.ReviewOnly)
        {
            rows.AddRange(await all.Where(row => row.ReviewDueTime == null && !OperationLife.Open.Contains(row.State))
                .OrderByDescending(row => row.OperationNumber).Take(filter.MostEnded).ToListAsync(cancellationToken));
        }

        return await ShowAsync(db, rows, cancellationToken);
    }

    /// <summary>One operation with all that is known of it; absent when there is none of this number, or not for this actor.</summary>
    public async Task<OperationDetailView?> FindAsync(long number, OperationActor forWhom, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        List<OperationRow> rows = await new OperationFilter { CustomerId = forWhom.CustomerId }.On(db)
            .Where(row => row.OperationNumber == number).ToListAsync(cancellationToken);
        if (rows is not [var row])
            return null;
        OperationView view = (await ShowAsync(db, rows, cancellationToken))[0];
        byte[]? plan = await db.Set<PlanRow>().Where(kept => kept.PlanHash == row.PlanHash).Select(kept => kept.Content).SingleOrDefaultAsync(cancellationToken);
        List<OperationEventRow> events = await db.Set<OperationEventRow>().AsNoTracking()
            .Where(e => e.OperationNumber == number).OrderBy(e => e.EventId).ToListAsync(cancellationToken);
        ActorNames actors = await ActorNames.ReadAsync(db, events.Select(e => e.Actor), cancellationToken);
        return new(
            view,
            plan,
            await db.Set<OperationSignatureRow>().AsNoTracking()
                .Where(signature => signature.OperationNumber == number).OrderBy(signature => signature.SignedTime).ToListAsync(cancellationToken),
            [.. events.Select(e => new OperationEventView(e.Step, e.OccurredTime, actors.Of(e.Actor), e.Text))],
            await EntriesAsync(db, number, after: 0, cancellationToken));
    }

    /// <summary>One operation as it stands, and what its server told after an arrival; absent when there is none.</summary>
    public async Task<(OperationView Operation, IReadOnlyList<OperationEntryRow> Entries)?> NewsAsync(
        long number, long after, CancellationToken cancellationToken)
    {
        await using ControllerDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        // The state first: an entry that comes in between is told with the next news.
        List<OperationRow> rows = await db.Set<OperationRow>().AsNoTracking().Where(row => row.OperationNumber == number).ToListAsync(cancellationToken);
        return rows.Count == 0 ? null : ((await ShowAsync(db, rows, cancellationToken))[0], await EntriesAsync(db, number, after, cancellationToken));
    }

    /// <summary>The customer has consented.</summary>
    public static Task<bool> HasConsentAsync(ControllerDbContext db, long number, CancellationToken cancellationToken) =>
        db.Set<OperationEventRow>().AnyAsync(e => e.OperationNumber == number && e.Step == OperationStep.Consent, cancellationToken);

    private static Task<List<OperationEntryRow>> EntriesAsync(ControllerDbContext db, long number, long after, CancellationToken cancellationToken)
    {
        byte[] nothing = [];
        return db.Set<OperationEntryRow>().AsNoTracking()
            .Where(entry => entry.OperationNumber == number && entry.Arrival > after && entry.Content != nothing)
            .OrderBy(entry => entry.Arrival).ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<OperationView>> ShowAsync(
        ControllerDbContext db, IReadOnlyList<OperationRow> rows, CancellationToken cancellationToken)
    {
        string[] serverIds = [.. rows.Select(row => row.ServerId).Distinct()];
        long[] numbers = [.. rows.Select(row => row.OperationNumber)];
        Dictionary<string, (string Name, string Customer, bool BackupOption)> servers = await db.Set<ServerRow>()
            .Where(server => serverIds.Contains(server.ServerId))
            .Join(db.Set<CustomerRow>(), server => server.CustomerId, customer => customer.CustomerId, (server, customer) => new { server.ServerId, server.Name, Customer = customer.Name, server.BackupOption })
            .ToDictionaryAsync(found => found.ServerId, found => (found.Name, found.Customer, found.BackupOption), cancellationToken);
        HashSet<long> consented = await TookAsync(db, numbers, [OperationStep.Consent], cancellationToken);
        HashSet<long> settled = await TookAsync(db, numbers, OperationLife.Settling, cancellationToken);
        ILookup<long, UndoingView> undoings = (await db.Set<OperationRow>().AsNoTracking()
            .Where(row => row.UndoesNumber != null && numbers.Contains(row.UndoesNumber.Value)).OrderBy(row => row.OperationNumber)
            .Select(row => new { row.UndoesNumber, row.OperationNumber, row.State }).ToListAsync(cancellationToken))
            .ToLookup(row => row.UndoesNumber!.Value, row => new UndoingView(row.OperationNumber, row.State));
        ActorNames actors = await ActorNames.ReadAsync(db, rows.Select(row => row.DraftedBy), cancellationToken);
        List<OperationView> shown = [];
        foreach (OperationRow row in rows)
        {
            (int missing, string withheld) = await SigningAsync(db, row, cancellationToken);
            if (withheld.Length == 0 && row.State == OperationState.Approved)
                withheld = await WhyNotSentAsync(db, row, cancellationToken);
            (string server, string customer, bool backup) = servers[row.ServerId];
            bool consentMissing = row.NeedsConsent && OperationLife.NotSent.Contains(row.State) && !consented.Contains(row.OperationNumber);
            shown.Add(new(row, server, customer, backup, actors.Of(row.DraftedBy), missing, consentMissing, withheld, settled.Contains(row.OperationNumber), [.. undoings[row.OperationNumber]]));
        }

        return shown;
    }

    private async Task<string> WhyNotSentAsync(ControllerDbContext db, OperationRow row, CancellationToken cancellationToken) =>
        agents.WithheldBecause(await agents.LastAgentAsync(row.ServerId, cancellationToken)) is { Length: > 0 } why
            ? $"It is not sent: {why}."
            : await RolloutGate.WhyNotAsync(db, row, cancellationToken);

    private static async Task<HashSet<long>> TookAsync(
        ControllerDbContext db, long[] numbers, IReadOnlyList<OperationStep> steps, CancellationToken cancellationToken) =>
        [.. await db.Set<OperationEventRow>().Where(e => numbers.Contains(e.OperationNumber) && steps.Contains(e.Step))
            .Select(e => e.OperationNumber).ToListAsync(cancellationToken)];

    private async Task<(int Missing, string Withheld)> SigningAsync(ControllerDbContext db, OperationRow row, CancellationToken cancellationToken)
    {
        if (!OperationLife.NotSent.Contains(row.State))
            return (0, "");
        Judged<TrustedCatalogue> catalogue = await sealing.CatalogueAsync(time.GetUtcNow(), cancellationToken);
        if (catalogue.Refusal is { } none)
            return (0, none.Words);
        IReadOnlyList<Signature> signatures = await OrderQueue.SignaturesAsync(db, row.OperationNumber, cancellationToken);
        Judged<SignedOrder> signed = OrderSealing.Judge(row.Payload, signatures, catalogue.Accepted);
        if (signed.Refusal is { } refusal)
            return (0, refusal.Words);
        int missing = signed.Accepted.Signing.Missing;
        return row.State == OperationState.Approved && missing > 0
            ? (missing, "By the catalogue that is published now it has too few signatures that count: cancel it and draft it anew.")
            : (missing, "");
    }
}

/// <summary>Which operations.</summary>
internal sealed record OperationFilter
{
    /// <summary>Only this customer's; absent for all.</summary>
    public string? CustomerId { get; init; }

    /// <summary>Only this server's; absent for all.</summary>
    public string? ServerId { get; init; }

    /// <summary>Only this request's; absent for all.</summary>
    public long? RequestNumber { get; init; }

    /// <summary>Only this rollout's; absent for all.</summary>
    public long? RolloutNumber { get; init; }

    /// <summary>Also those in which nothing follows.</summary>
    public bool IncludeEnded { get; init; }

    /// <summary>How many of these at most, the newest.</summary>
    public int MostEnded { get; init; } = 500;

    /// <summary>Only those that are to be reviewed.</summary>
    public bool ReviewOnly { get; init; }

    /// <summary>What a page of a server shows: what is open there, and the last few that ended.</summary>
    public static OperationFilter LatestOf(string serverId) => new() { ServerId = serverId, IncludeEnded = true, MostEnded = 5 };

    internal IQueryable<OperationRow> On(ControllerDbContext db) => db.Set<OperationRow>().AsNoTracking().Where(row =>
        (ServerId == null || row.ServerId == ServerId)
        && (RequestNumber == null || row.RequestNumber == RequestNumber)
        && (RolloutNumber == null || row.RolloutNumber == RolloutNumber)
        && (CustomerId == null || db.Set<ServerRow>().Any(server => server.ServerId == row.ServerId && server.CustomerId == CustomerId)));
}
