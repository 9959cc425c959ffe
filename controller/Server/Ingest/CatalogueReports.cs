using HaiSoft.Controller.Catalogues;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>Takes in what a server verifies orders by, and what it refused.</summary>
internal sealed class CatalogueReports(CatalogueOffers offers)
{
    private static readonly Statement Upsert = new(
        """
        INSERT INTO server_catalogues (server_id, pinned, root_version, root_expiry_time, catalogue_version, catalogue_expiry_time,
          catalogue_sha256, refusal, refusal_detail, reported_time)
        VALUES (@server, @pinned, @root, @rootExpiry, @catalogue, @catalogueExpiry, @sha256, @refusal, @detail, @reported)
        ON CONFLICT (server_id) DO UPDATE SET
          pinned = excluded.pinned, root_version = excluded.root_version, root_expiry_time = excluded.root_expiry_time,
          catalogue_version = excluded.catalogue_version, catalogue_expiry_time = excluded.catalogue_expiry_time,
          catalogue_sha256 = excluded.catalogue_sha256, refusal = excluded.refusal, refusal_detail = excluded.refusal_detail,
          reported_time = excluded.reported_time
        """,
        "server",
        "pinned",
        "root",
        "rootExpiry",
        "catalogue",
        "catalogueExpiry",
        "sha256",
        "refusal",
        "detail",
        "reported");

    /// <summary>Takes in a report.</summary>
    public void Take(WriteSession session, string serverId, TrustReport report, DateTimeOffset observedAt)
    {
        bool refuses = report.Refusal != TrustRefusal.Unspecified;
        Upsert.Execute(
            session,
            serverId,
            report.Pinned ? 1L : 0L,
            report.RootVersion,
            report.RootExpiryTime?.ToDateTimeOffset().ToUnixMicroseconds(),
            report.CatalogueVersion,
            report.CatalogueExpiryTime?.ToDateTimeOffset().ToUnixMicroseconds(),
            Convert.ToHexStringLower(report.CatalogueHash.Span),
            refuses ? report.Refusal.ToString() : "",
            report.RefusalDetail,
            observedAt.ToUnixMicroseconds());
        ServerWarnings.SetOrClear(
            session, serverId, ServerWarnings.Catalogue, refuses ? $"The server refuses the catalogue that is offered to it: {report.RefusalDetail}" : null);
        HeldByServer held = new(report.Pinned, report.RootVersion, report.CatalogueVersion, refuses);
        session.AfterCommit(() => offers.Told(serverId, held));
    }
}
