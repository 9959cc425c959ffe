using System.CommandLine;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>catalogue state</c>.</summary>
internal static class CatalogueStateCommand
{
    public static Command Create()
    {
        Command command = new("state", "What is published, and which servers have taken it.");
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            GetCatalogueStateResponse state = await run.Controller.Catalogues.GetCatalogueStateAsync(
                new GetCatalogueStateRequest(), run.Soon(cancellationToken));
            run.Output.Write(
                new CatalogueStateShape(Of(state.Root), Of(state.Catalogue), [.. state.Servers.Select(Of)]),
                ShapesJson.Default.CatalogueStateShape,
                () => CatalogueStatePage.Show(run.Console, state, TimeProvider.System.GetUtcNow()));
        });
        return command;
    }

    private static PublishedEnvelopeShape? Of(PublishedEnvelope? published) => published is null
        ? null
        : new(published.Version, published.Sha256, Words.Of(published.ExpiryTime), Words.Of(published.PublishedTime), published.PublishedBy);

    private static ServerCatalogueShape Of(ServerCatalogueState server) => new(
        server.Server,
        server.Pinned,
        server.RootVersion,
        server.CatalogueVersion,
        Words.Of(server.CatalogueExpiryTime),
        server.RefusalDetail.Length > 0 ? server.RefusalDetail : null,
        Words.Of(server.ReportedTime));
}
