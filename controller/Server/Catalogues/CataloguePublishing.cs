using HaiSoft.Controller.Audit;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Roots;
using Microsoft.EntityFrameworkCore;

namespace HaiSoft.Controller.Catalogues;

/// <summary>
/// Takes roots and catalogues that were signed elsewhere, to hand them to servers. What is verified here spares servers what they would
/// refuse; each verifies all of it again, by what it holds itself.
/// </summary>
internal sealed class CataloguePublishing(WriteGate gate, AuditLog audit, PublishedCatalogues published)
{
    // A server that was off for long needs every root, and of catalogues the last alone.
    private const int CataloguesKept = 10;

    /// <summary>Publishes a root: version 1 first, then one after the other.</summary>
    public Task<Publication> PublishRootAsync(byte[] envelope, string technician, CancellationToken cancellationToken) =>
        gate.WriteAsync<Publication>(
            async (session, token) =>
            {
                PublishedRootRow? last = await LastRootAsync(session, token);
                Judged<TrustedRoot> judged = last is null ? First(envelope) : RootVerification.Follow(Read(last), envelope);
                if ((judged.Refusal ?? judged.Accepted.WhyNot(session.Now)) is { } refusal)
                    return new Publication.Refused(refusal);
                TrustedRoot root = judged.Accepted;
                if (last is null && root.Content.Version != 1)
                    return new Publication.OutOfTurn($"The root has version {root.Content.Version}: publish version 1 first, then each that follows.");
                if (root.Fingerprint == last?.Fingerprint)
                    return new Publication.Done(root.Content.Version, Anew: false);
                session.Db.Add(new PublishedRootRow
                {
                    Version = root.Content.Version,
                    Fingerprint = root.Fingerprint,
                    Envelope = envelope,
                    ExpiryTime = root.Lifetime.Expiry,
                    PublishedTime = session.Now,
                    PublishedBy = technician,
                });
                await KeepAsync(session, technician, "root.publish", $"root:{root.Content.Version}", root.Fingerprint, token);
                return new Publication.Done(root.Content.Version, Anew: true);
            },
            cancellationToken);

    /// <summary>Publishes a catalogue: by the last root's keys, of a higher version than the last.</summary>
    public Task<Publication> PublishCatalogueAsync(byte[] envelope, string technician, CancellationToken cancellationToken) =>
        gate.WriteAsync<Publication>(
            async (session, token) =>
            {
                if (await LastRootAsync(session, token) is not { } root)
                    return new Publication.OutOfTurn("No root is published: publish it first (haisoftctl root publish FILE).");
                PublishedCatalogueRow? last = await session.Db.Set<PublishedCatalogueRow>().OrderByDescending(row => row.Version).FirstOrDefaultAsync(token);
                HeldCatalogue? held = last is null ? null : new(last.Version, last.Sha256);
                Judged<TrustedCatalogue> judged = CatalogueVerification.Verify(Read(root), envelope, held, session.Now);
                if (judged.Refusal is { } refusal)
                    return new Publication.Refused(refusal);
                TrustedCatalogue catalogue = judged.Accepted;
                if (catalogue.Held == held)
                    return new Publication.Done(held.Version, Anew: false);
                session.Db.Add(new PublishedCatalogueRow
                {
                    Version = catalogue.Held.Version,
                    Sha256 = catalogue.Held.Sha256,
                    Envelope = envelope,
                    ExpiryTime = catalogue.Lifetime.Expiry,
                    PublishedTime = session.Now,
                    PublishedBy = technician,
                });
                await KeepAsync(session, technician, "catalogue.publish", $"catalogue:{catalogue.Held.Version}", catalogue.Held.Sha256, token);
                await ForgetOldAsync(session, token);
                return new Publication.Done(catalogue.Held.Version, Anew: true);
            },
            cancellationToken);

    private static Task<PublishedRootRow?> LastRootAsync(WriteSession session, CancellationToken cancellationToken) =>
        session.Db.Set<PublishedRootRow>().OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken);

    // Who publishes the first one compares its fingerprint; servers know it already, from paper or with their package.
    private static Judged<TrustedRoot> First(byte[] envelope)
    {
        Judged<OpenedEnvelope> opened = OpenedEnvelope.Open(envelope, PayloadTypes.Root);
        return opened.Refusal is { } refusal ? refusal : RootVerification.Pin(envelope, opened.Accepted.Sha256);
    }

    private static TrustedRoot Read(PublishedRootRow row) => RootVerification.Pin(row.Envelope, row.Fingerprint).Accepted;

    private static async Task ForgetOldAsync(WriteSession session, CancellationToken cancellationToken)
    {
        long[] kept = await session.Db.Set<PublishedCatalogueRow>()
            .OrderByDescending(row => row.Version).Select(row => row.Version).Take(CataloguesKept).ToArrayAsync(cancellationToken);
        long oldest = kept[^1];
        await session.Db.Set<PublishedCatalogueRow>().Where(row => row.Version < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task KeepAsync(
        WriteSession session, string technician, string action, string subject, string sha256, CancellationToken cancellationToken)
    {
        await session.Db.SaveChangesAsync(cancellationToken);
        await audit.AppendAsync(
            session,
            new(technician, action, subject, new Dictionary<string, string> { ["sha256"] = sha256 }),
            cancellationToken);
        session.AfterCommit(published.Changed);
    }
}

/// <summary>What came of a publication.</summary>
internal abstract record Publication
{
    /// <summary>It is published.</summary>
    /// <param name="Anew">False when it was before.</param>
    internal sealed record Done(long Version, bool Anew) : Publication;

    /// <summary>Servers would refuse it.</summary>
    internal sealed record Refused(HaiSoft.Protocol.Trust.Judgement.Refused Why) : Publication;

    /// <summary>Something else comes first.</summary>
    internal sealed record OutOfTurn(string Words) : Publication;
}
