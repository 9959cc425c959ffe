using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using HaiSoft.Ctl.Commands;
using HaiSoft.Ctl.Trust;
using HaiSoft.Testing.Files;
using Shouldly;

namespace HaiSoft.Controller.Tests.Ctl.Trust;

/// <summary>People with a machine (a folder) each, on which their key stays; files go from one to the other by hand. No controller, no profile.</summary>
internal sealed class KeyHolders : IDisposable
{
    private static readonly PbeParameters Unprotected = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1);
    private readonly ScratchFolder _files = new();

    public void Dispose() => _files.Dispose();

    /// <summary>A path on a machine.</summary>
    public string On(string machine, string file) => _files[machine, file];

    /// <summary>Writes a text file on a machine.</summary>
    public string Write(string machine, string file, string text) => _files.Write($"{machine}/{file}", text);

    /// <summary>Makes a key on a machine, with a passphrase of its own, by haisoftctl.</summary>
    /// <returns>The path of its public half.</returns>
    public async Task<string> MakeKeyAsync(string holder)
    {
        (await RunAsync("key", "new", On(holder, "key"), "--name", holder, "--passphrase-file", PassphraseOf(holder))).Code.ShouldBe(0);
        return On(holder, "key.pub");
    }

    /// <summary>
    /// Makes a key on a machine, with a passphrase of its own: the files of <c>haisoftctl key new</c>, but a guess at the passphrase costs
    /// nothing, and so does opening them.
    /// </summary>
    /// <returns>The path of its public half.</returns>
    public string MakeKey(string holder)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string pem = key.ExportEncryptedPkcs8PrivateKeyPem(File.ReadAllText(PassphraseOf(holder)).TrimEnd(), Unprotected);
        TrustFile.Create(new(On(holder, "key")), Encoding.UTF8.GetBytes(pem), TrustFile.Private);
        KeyFiles.WritePublic(new(On(holder, "key.pub")), new() { Name = holder, PublicKey = ByteString.CopyFrom(key.ExportSubjectPublicKeyInfo()) });
        return On(holder, "key.pub");
    }

    /// <summary>Has a holder sign: the file is carried to its machine, signed there, and carried back.</summary>
    public async Task<CommandLine.Printed> SignAsync(string holder, string what, string file, params string[] more)
    {
        string there = On(holder, Path.GetFileName(file));
        File.Copy(file, there, overwrite: true);
        CommandLine.Printed printed = await RunAsync(
            [what, "sign", there, "--key", On(holder, "key"), "--passphrase-file", PassphraseOf(holder), .. more]);
        if (!more.Contains("--out"))
            File.Copy(there, file, overwrite: true);
        return printed;
    }

    /// <summary>A root with two root keys (alice, bruno) and two catalogue keys (chloe, david), signed by all who must.</summary>
    /// <returns>Its path.</returns>
    public async Task<string> MakeRootAsync()
    {
        string root = On("safe", "root.1");
        (await RunAsync(
            "root", "init", root, "--root-key", MakeKey("alice"), "--root-key", MakeKey("bruno"), "--threshold", "2",
            "--catalogue-key", MakeKey("chloe"), "--catalogue-key", MakeKey("david"), "--catalogue-threshold", "2")).Code.ShouldBe(0);
        await SignAsync("alice", "root", root);
        (await SignAsync("bruno", "root", root)).Output.ShouldContain("All have signed who must.");
        return root;
    }

    /// <summary>What makes a command sign with a holder's key.</summary>
    public string[] KeyOf(string holder) => ["--key", On(holder, "key"), "--passphrase-file", PassphraseOf(holder)];

    /// <summary>A first catalogue as text, with two approvers (emma, farid) and a controller.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="controller">The public half of the controller's key; one of nobody's by default.</param>
    /// <returns>Its path.</returns>
    public async Task<string> MakeCatalogueTextAsync(string name = "catalogue.json", string? controller = null)
    {
        string text = On("safe", name);
        (await RunAsync(
            "catalogue", "new", text, "--approver", MakeKey("emma"), "--approver", MakeKey("farid"),
            "--controller", controller ?? MakeKey("controller"))).Code.ShouldBe(0);
        return text;
    }

    public static async Task<CommandLine.Printed> RunAsync(params string[] args)
    {
        StringWriter output = new();
        StringWriter error = new();
        int code = await CtlRoot.RunAsync(args, output, error, CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>What a command prints for programs.</summary>
    public static async Task<JsonElement> JsonAsync(params string[] args) => (await RunAsync([.. args, "--json"])).Json;

    private string PassphraseOf(string holder)
    {
        string file = On(holder, "passphrase");
        if (!File.Exists(file))
        {
            File.WriteAllText(file, $"the passphrase of {holder}\n");
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return file;
    }
}
