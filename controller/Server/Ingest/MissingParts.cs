using System.Text.Json;
using HaiSoft.Controller.Findings;
using HaiSoft.Controller.Rules.Arrays;
using HaiSoft.Controller.Rules.Disks;
using HaiSoft.Controller.Rules.Findings;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Judges what a whole reading does not show any more. A disk with another one in its place was replaced (SLA 4.6: the agent
/// sees the new part); one without is a fault. Other parts leave the list, unless they had failed.
/// </summary>
internal static class MissingParts
{
    public static async Task TakeAsync(
        Judgement judgement, ComponentRow[] gone, Observed[] appeared, CorrectedTime time, CancellationToken cancellationToken)
    {
        List<Observed> newcomers = [.. appeared];
        foreach (ComponentRow old in gone)
        {
            Observed? successor = old.Kind == ComponentKind.Disk ? newcomers.Find(n => MayReplace(old, n)) : null;
            if (successor is not null)
            {
                newcomers.Remove(successor);
                await judgement.ReplaceAsync(old, successor.Title, time, cancellationToken);
            }
            else
            {
                await LoseAsync(judgement, old, time, cancellationToken);
            }
        }
    }

    private static Task LoseAsync(Judgement judgement, ComponentRow old, CorrectedTime time, CancellationToken cancellationToken) =>
        old.Kind switch
        {
            ComponentKind.Disk => ObserveAsync(judgement, old, DiskRules.Gone(), time, cancellationToken),
            ComponentKind.Array => ObserveAsync(judgement, old, ArrayRules.Gone(), time, cancellationToken),
            _ when old.Health == Health.Failed => Task.CompletedTask,
            _ => judgement.RemoveAsync(old, time, "not there any more", cancellationToken),
        };

    private static Task ObserveAsync(
        Judgement judgement, ComponentRow old, Verdict verdict, CorrectedTime time, CancellationToken cancellationToken) =>
        judgement.ObserveAsync(
            new ObservedVerdict(old.ComponentId, old.Kind, old.Title, time.At, verdict) { TimeNote = time.Note, Moment = time.Moment },
            cancellationToken);

    // Another disk in the same slot; where a slot is not known, any disk that was not there before.
    private static bool MayReplace(ComponentRow old, Observed newcomer)
    {
        string? oldSlot = old.Facts.Length == 0 ? null : JsonSerializer.Deserialize<History<DiskFacts>>(old.Facts)?.Previous?.Facts.Slot;
        string? newSlot = (newcomer as Observed<DiskFacts>)?.Facts.Slot;
        return oldSlot is null || newSlot is null || oldSlot == newSlot;
    }
}
