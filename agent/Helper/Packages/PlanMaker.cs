using Google.Protobuf;
using HaiSoft.Agent.Helper.Files;
using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Agent.Helper.Tools;
using HaiSoft.Agent.Helper.Trust;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>
/// Makes plans: what dnf resolves from the catalogue's repositories, its files fetched, verified and kept. One at a time, and few of them,
/// because nobody signs for a plan.
/// </summary>
/// <param name="folder">The job's state.</param>
/// <param name="root">The root of the system whose packages these are: "/".</param>
/// <param name="trust">What counts.</param>
/// <param name="time">Dates plans.</param>
internal sealed class PlanMaker(string folder, string root, TrustStore trust, TimeProvider time) : IDisposable
{
    private const int LargestPlan = 1 << 20;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly PlanBudget _budget = new(Path.Combine(folder, "plans-made"), time);
    private readonly KeptPlans _kept = new(Path.Combine(folder, "plans"), time);
    private readonly OrderJournal _orders = new(Path.Combine(folder, "orders"), time);
    private readonly PackageTool _tool = new(time);

    /// <summary>The plan, or why there is none.</summary>
    public async Task<PlanAnswer> MakeAsync(PlanRequest request, CancellationToken cancellationToken)
    {
        var answer = new PlanAnswer { RequestId = request.RequestId };
        if (!await _turn.WaitAsync(TimeSpan.Zero, CancellationToken.None))
        {
            answer.Refusal = new PlanRefused(PlanRefusalReason.Busy, "Another plan is being made.").Told;
            return answer;
        }

        var work = Path.Combine(folder, "making");
        try
        {
            Clear(work);
            answer.Plan = ByteString.CopyFrom(await MakeAsync(request, work, cancellationToken));
        }
        catch (PlanRefused refused)
        {
            answer.Refusal = refused.Told;
        }
        finally
        {
            Clear(work);
            _turn.Release();
        }

        return answer;
    }

    /// <summary>What a plan's operation would change now. Nothing of it is kept.</summary>
    /// <exception cref="PlanRefused">It has none any more.</exception>
    public async Task<Plan> ResolveAgainAsync(Plan plan, TrustedCatalogue catalogue, CancellationToken cancellationToken)
    {
        var work = Path.Combine(folder, "resolving-again");
        try
        {
            Clear(work);
            return (await ResolveAsync(new PlanRequest().For(plan.WhatIsPlanned()), catalogue, work, cancellationToken)).Plan;
        }
        finally
        {
            Clear(work);
        }
    }

    /// <summary>SHA-256 of what is installed now, as a plan has it.</summary>
    /// <exception cref="PlanRefused">It cannot be told.</exception>
    public async Task<byte[]> PackageStateAsync(CancellationToken cancellationToken) =>
        Convert.FromHexString(await Dnf.OfSystem(_tool).PackageStateAsync(PlannedOperation.OfState(root, folder), cancellationToken));

    /// <summary>Judges the files of a plan by the catalogue of now.</summary>
    public FetchedFiles Judge(TrustedCatalogue catalogue) => new(catalogue, Keys);

    /// <summary>The keys that packages are signed with.</summary>
    public KeyRings Keys => new(Path.Combine(folder, "keys"), Path.Combine(root, "etc/pki/rpm-gpg"), _tool);

    public void Dispose() => _turn.Dispose();

    private async Task<byte[]> MakeAsync(PlanRequest request, string work, CancellationToken cancellationToken)
    {
        var catalogue = trust.Catalogue() ?? throw new PlanRefused(PlanRefusalReason.NoCatalogue, "This server holds no catalogue that counts now.");
        var order = PlannedOperation.Of(request);
        if (OperationListing.WhyNot(order, catalogue) is { } refusal)
            throw new PlanRefused(PlanRefusalReason.NotListed, refusal.Words);
        if (PlannedOperation.WhyNotSupported(order) is { } unsupported)
            throw new PlanRefused(PlanRefusalReason.NotSupported, unsupported);
        DurableFile.PrepareFolder(folder);
        if (!_budget.TryTake())
            throw new PlanRefused(PlanRefusalReason.Busy, "Too many plans were made in the last hour.");
        _kept.Prune();
        var (plan, files) = await ResolveAsync(request, catalogue, work, cancellationToken);
        if (plan.CalculateSize() > LargestPlan)
            throw new PlanRefused(PlanRefusalReason.Unsolvable, $"The plan has {plan.Changes.Count} changes, which are more than a plan can hold.");
        return _kept.Keep(plan, files);
    }

    private async Task<(Plan Plan, Dictionary<string, string> Files)> ResolveAsync(
        PlanRequest request, TrustedCatalogue catalogue, string work, CancellationToken cancellationToken)
    {
        DurableFile.PrepareFolder(work);
        var undone = request.Undo is { } undo ? UndoneOrder.Find(_orders, undo) : null;
        string[] keptFolders = [.. _kept.Folders(), .. _orders.All().Select(ReadyPlan.FolderOf).Where(Directory.Exists)];
        var asked = PlannedOperation.ForDnf(PlannedOperation.Of(request), catalogue, root, folder, work, keptFolders, undone);
        var resolved = await Dnf.OfSystem(_tool).ResolveAsync(asked, cancellationToken);
        var judge = Judge(catalogue);
        var changes = new List<VerifiedChange>();
        foreach (var change in resolved.Changes)
            changes.Add(await VerifiedChange.OfAsync(change, judge, resolved.KeyFiles, cancellationToken));
        var plan = PlanDraft.Write(request, catalogue, resolved, changes);
        plan.ReopenedAdvisories.Add((undone?.Advisories ?? []).Order(StringComparer.Ordinal));
        plan.MachineId = MachineId.Read(root);
        plan.CreatedTime = PlanDraft.WholeSecond(time.GetUtcNow());
        return (plan, changes.SelectMany(change => change.Files).ToDictionary());
    }

    private static void Clear(string work)
    {
        if (Directory.Exists(work))
            Directory.Delete(work, recursive: true);
    }
}
