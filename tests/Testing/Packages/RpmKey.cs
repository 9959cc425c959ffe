using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Testing.Packages;

/// <summary>A key that packages are signed with, in a keyring of its own.</summary>
/// <param name="Fingerprint">40 upper-case hexadecimal digits.</param>
/// <param name="Public">Its public half, armoured.</param>
public sealed record RpmKey(string Home, string Fingerprint, string Public)
{
    /// <summary>A fresh one, in this folder (its path is kept short: gpg's agent has a socket in it).</summary>
    public static async Task<RpmKey> MakeAsync(ScratchFolder folder, string name, CancellationToken cancellationToken)
    {
        var home = Directory.CreateDirectory(folder["gpg-" + name]).FullName;
        File.SetUnixFileMode(home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await GpgAsync("--quick-gen-key", $"{name} <{name}@packages.example>", "rsa2048", "sign", "never");
        var listed = await GpgAsync("--with-colons", "--list-keys");
        var fingerprint = listed.Split('\n').First(line => line.StartsWith("fpr:", StringComparison.Ordinal)).Split(':')[9];
        return new(home, fingerprint, await GpgAsync("--armor", "--export", fingerprint));

        async Task<string> GpgAsync(params string[] arguments) =>
            (await Tool.RunAsync("gpg", ["--homedir", home, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "", .. arguments], cancellationToken)).Succeeded();
    }

    /// <summary>Signs a package's file.</summary>
    public async Task SignAsync(string package, CancellationToken cancellationToken) => (await Tool.RunAsync(
        "rpmsign",
        [
            "--define", "__gpg /usr/bin/gpg", "--define", $"_gpg_path {Home}", "--define", $"_gpg_name {Fingerprint}",
            "--define", "_gpg_sign_cmd_extra_args --batch --pinentry-mode loopback --passphrase ''", "--addsign", package,
        ],
        cancellationToken)).Succeeded();

    /// <summary>Ends the agent that gpg started for it.</summary>
    public Task CloseAsync(CancellationToken cancellationToken) => Tool.RunAsync("gpgconf", ["--homedir", Home, "--kill", "all"], cancellationToken);
}
