using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Controller.Catalogues;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Records;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Controller.Api;

/// <summary>Publishes roots and catalogues, and shows what servers hold of them.</summary>
internal sealed class CatalogueCalls(CataloguePublishing publishing, PublishedCatalogues published, ServerCatalogues held, Servers servers, OrderKey key)
    : CatalogueService.CatalogueServiceBase
{
    public override async Task<PublishRootResponse> PublishRoot(PublishRootRequest request, ServerCallContext context)
    {
        Publication.Done done = MustBe(await publishing.PublishRootAsync(request.Root.ToByteArray(), Caller.NameOf(context), context.CancellationToken));
        return new PublishRootResponse { Version = done.Version, Anew = done.Anew };
    }

    public override async Task<PublishCatalogueResponse> PublishCatalogue(PublishCatalogueRequest request, ServerCallContext context)
    {
        Publication.Done done = MustBe(
            await publishing.PublishCatalogueAsync(request.Catalogue.ToByteArray(), Caller.NameOf(context), context.CancellationToken));
        return new PublishCatalogueResponse { Version = done.Version, Anew = done.Anew };
    }

    public override async Task<GetCatalogueStateResponse> GetCatalogueState(GetCatalogueStateRequest request, ServerCallContext context)
    {
        PublishedTrust current = await published.CurrentAsync(context.CancellationToken);
        IReadOnlyDictionary<string, string> names = await servers.NamesAsync(context.CancellationToken);
        IReadOnlyDictionary<string, ServerCatalogueRow> all = await held.AllAsync(context.CancellationToken);
        return new GetCatalogueStateResponse
        {
            Root = current.Roots.Count == 0 ? null : ToMessage(current.Roots[^1]),
            Catalogue = current.Catalogue is { } catalogue ? ToMessage(catalogue) : null,
            Servers = { all.Select(one => ToMessage(names[one.Key], one.Value)).OrderBy(state => state.Server, StringComparer.OrdinalIgnoreCase) },
        };
    }

    public override Task<GetControllerKeyResponse> GetControllerKey(GetControllerKeyRequest request, ServerCallContext context) =>
        Task.FromResult(new GetControllerKeyResponse { Key = key.Public });

    private static Publication.Done MustBe(Publication publication) => publication switch
    {
        Publication.Done done => done,
        Publication.Refused refused => throw new RpcException(new(StatusCode.FailedPrecondition, $"Servers would refuse it: {refused.Why.Words}")),
        Publication.OutOfTurn other => throw new RpcException(new(StatusCode.FailedPrecondition, other.Words)),
        _ => throw new InvalidOperationException("a publication ended in no known way"),
    };

    private static PublishedEnvelope ToMessage(PublishedRootRow root) => new()
    {
        Version = root.Version,
        Sha256 = root.Fingerprint,
        ExpiryTime = root.ExpiryTime.ToTimestamp(),
        PublishedTime = root.PublishedTime.ToTimestamp(),
        PublishedBy = root.PublishedBy,
    };

    private static PublishedEnvelope ToMessage(PublishedCatalogueRow catalogue) => new()
    {
        Version = catalogue.Version,
        Sha256 = catalogue.Sha256,
        ExpiryTime = catalogue.ExpiryTime.ToTimestamp(),
        PublishedTime = catalogue.PublishedTime.ToTimestamp(),
        PublishedBy = catalogue.PublishedBy,
    };

    private static ServerCatalogueState ToMessage(string name, ServerCatalogueRow row) => new()
    {
        Server = name,
        Pinned = row.Pinned,
        RootVersion = row.RootVersion,
        CatalogueVersion = row.CatalogueVersion,
        CatalogueExpiryTime = row.CatalogueExpiryTime?.ToTimestamp(),
        RefusalDetail = row.RefusalDetail,
        ReportedTime = row.ReportedTime.ToTimestamp(),
    };
}
