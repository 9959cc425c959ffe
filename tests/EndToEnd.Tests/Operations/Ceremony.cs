using System.Text.Json;
using System.Text.Json.Nodes;
using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Operations;

/// <summary>The ceremonies of docs/trust.md, by haisoftctl alone: the keys of all holders, a root, and a catalogue that lists a controller.</summary>
internal sealed class Ceremony(ControllerProgram controller, ScratchFolder folder)
{
    private const string Passphrase = "a passphrase of some length";
    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The root, sealed.</summary>
    public string Root => folder["root.1"];

    /// <summary>The catalogue, sealed.</summary>
    public string Catalogue => folder["catalogue.1"];

    /// <summary>Holds them. Root keys are alice's and bruno's, catalogue keys chloe's and david's; emma and farid approve.</summary>
    /// <param name="repository">The catalogue's one repository.</param>
    /// <param name="packages">The names of its packages.</param>
    public async Task HoldAsync(JsonObject repository, params string[] packages)
    {
        foreach (var holder in (string[])["alice", "bruno", "chloe", "david", "emma", "farid"])
        {
            await MustAsync(["key", "new", folder[holder], "--name", holder, "--passphrase-file", PassphraseFile()]);
        }

        await MustAsync(
        [
            "root", "init", Root, "--root-key", Public("alice"), "--root-key", Public("bruno"), "--threshold", "2",
            "--catalogue-key", Public("chloe"), "--catalogue-key", Public("david"), "--catalogue-threshold", "2",
        ]);
        await MustAsync(["root", "sign", Root, .. KeyOf("alice")]);
        await MustAsync(["root", "sign", Root, .. KeyOf("bruno")]);
        var text = folder["catalogue.json"];
        await MustAsync(["catalogue", "controller-key", "--out", Public("controller")]);
        await MustAsync(["catalogue", "new", text, "--approver", Public("emma"), "--approver", Public("farid"), "--controller", Public("controller")]);
        await EditAsync(text, repository, packages);
        await MustAsync(["catalogue", "sign", text, "--root", Root, "--out", Catalogue, .. KeyOf("chloe")]);
        await MustAsync(["catalogue", "sign", Catalogue, "--root", Root, .. KeyOf("david")]);
    }

    /// <summary>Has somebody sign an operation.</summary>
    public Task<ToolResult> ApproveAsync(string operation, string approver) =>
        controller.CtlAsync(["approve", operation, "--yes", .. KeyOf(approver)], Stop);

    private static async Task EditAsync(string text, JsonObject repository, string[] packages)
    {
        var catalogue = JsonNode.Parse(await File.ReadAllTextAsync(text, Stop), documentOptions: WithComments)!.AsObject();
        catalogue["repositories"] = new JsonArray(repository);
        catalogue["packages"] = new JsonArray(
            [.. packages.Select(name => new JsonObject { ["name"] = name, ["repositoryId"] = repository["repositoryId"]!.GetValue<string>() })]);
        await File.WriteAllTextAsync(text, catalogue.ToJsonString(), Stop);
    }

    private async Task MustAsync(IEnumerable<string> arguments) => (await controller.CtlAsync(arguments, Stop)).Succeeded();

    private string Public(string holder) => folder[holder + ".pub"];

    private string[] KeyOf(string holder) => ["--key", folder[holder], "--passphrase-file", PassphraseFile()];

    private string PassphraseFile()
    {
        var file = folder["passphrase"];
        if (!File.Exists(file))
        {
            folder.Write("passphrase", Passphrase + "\n");
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return file;
    }
}
