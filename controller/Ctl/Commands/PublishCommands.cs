using System.CommandLine;
using Google.Protobuf;
using HaiSoft.Ctl.Display;
using HaiSoft.Ctl.Json;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Technician.V1;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>root publish</c> and <c>catalogue publish</c>.</summary>
internal static class PublishCommands
{
    public static Command CreateRoot() => Create(
        "A root that all have signed who must.",
        "Hand a root to the controller, which offers it to the servers: version 1 first, then each that follows.",
        file => SealedFile.ReadRoot(file).Bytes,
        async (run, bytes, cancellationToken) =>
        {
            PublishRootResponse done = await run.Controller.Catalogues.PublishRootAsync(
                new PublishRootRequest { Root = ByteString.CopyFrom(bytes) }, run.Soon(cancellationToken));
            return new PublishedShape("root", done.Version, done.Anew);
        });

    public static Command CreateCatalogue() => Create(
        "A sealed catalogue that enough catalogue keys have signed.",
        "Hand a catalogue to the controller, which offers it to the servers.",
        file => SealedFile.ReadCatalogue(file).Bytes,
        async (run, bytes, cancellationToken) =>
        {
            PublishCatalogueResponse done = await run.Controller.Catalogues.PublishCatalogueAsync(
                new PublishCatalogueRequest { Catalogue = ByteString.CopyFrom(bytes) }, run.Soon(cancellationToken));
            return new PublishedShape("catalogue", done.Version, done.Anew);
        });

    private static Command Create(
        string what, string description, Func<FileInfo, byte[]> read, Func<CtlRun, byte[], CancellationToken, Task<PublishedShape>> publish)
    {
        Argument<FileInfo> file = new("FILE") { Description = what };
        Command command = new("publish", description) { file };
        CtlRun.Does(command, async (run, cancellationToken) =>
        {
            PublishedShape done = await publish(run, read(run.Given.GetRequiredValue(file)), cancellationToken);
            run.Output.Write(
                done,
                ShapesJson.Default.PublishedShape,
                () => Screen.Print(run.Console, Screen.Text(done.Anew
                    ? $"Published: {done.What}, version {done.Version}. Which servers have taken it: haisoftctl catalogue state"
                    : $"Was published already: {done.What}, version {done.Version}.")));
        });
        return command;
    }
}
