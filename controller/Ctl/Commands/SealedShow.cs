using System.CommandLine;
using Google.Protobuf;
using HaiSoft.Ctl.Json;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Trust.Envelopes;
using Spectre.Console;

namespace HaiSoft.Ctl.Commands;

/// <summary><c>show</c> of something sealed, whose signatures are not judged.</summary>
internal static class SealedShow
{
    /// <param name="name">What the file is: "A sealed catalogue.".</param>
    /// <param name="description">What the command does.</param>
    /// <param name="read">Reads the file.</param>
    /// <param name="page">Shows it to people.</param>
    public static Command Create<T>(string name, string description, Func<FileInfo, SealedFile<T>> read, Action<IAnsiConsole, T, OpenedEnvelope> page)
        where T : class, IMessage<T>
    {
        Argument<FileInfo> file = new("FILE") { Description = name };
        Command command = new("show", description) { file };
        OfflineRun.Does(command, run =>
        {
            SealedFile<T> found = read(run.Given.GetRequiredValue(file));
            run.Output.Write(
                SealedShaping.Of(found.Envelope, found.Content, refusal: null),
                ShapesJson.Default.SealedShape,
                () => page(run.Console, found.Content, found.Envelope));
        });
        return command;
    }
}
