using System.Diagnostics;
using System.Text;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl.Trust;

/// <summary>The real program asks for a passphrase where nobody sees it, or says where else it takes it from.</summary>
public sealed class PassphraseTests : IDisposable
{
    private const string Typed = "correct horse battery";
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "haisoftctl.dll");
    private readonly ScratchFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Without_a_terminal_it_says_what_to_give()
    {
        ToolResult result = await Tool.RunAsync("dotnet", [Program, "key", "new", _files["key"], "--name", "Alice"], TestContext.Current.CancellationToken);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("--passphrase-file FILE");
        File.Exists(_files["key"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("short\n", 0b110_000_000, "at least 12")]
    [InlineData(Typed + "\n", 0b110_100_000, "chmod 600")]
    public async Task A_passphrase_that_is_short_or_that_others_can_read_is_refused(string passphrase, int mode, string said)
    {
        string file = _files.Write("passphrase", passphrase);
        File.SetUnixFileMode(file, (UnixFileMode)mode);

        CommandLine.Printed printed = await KeyHolders.RunAsync("key", "new", _files["key"], "--name", "Alice", "--passphrase-file", file);

        printed.Code.ShouldBe(2);
        printed.Error.ShouldContain(said);
        File.Exists(_files["key"]).ShouldBeFalse();
    }

    [Fact]
    public async Task On_a_terminal_it_is_typed_twice_and_never_shown()
    {
        Assert.SkipWhen(Tool.Find("script") is null, "script (util-linux) is not installed.");
        CancellationToken stop = TestContext.Current.CancellationToken;
        string command = $"tty > {_files["tty"]}; exec dotnet {Program} key new {_files["key"]} --name Alice";
        using Process script = Process.Start(new ProcessStartInfo("script", ["-qec", command, "/dev/null"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

        StringBuilder shown = new();
        foreach (string question in (string[])["New passphrase", "The same again"])
        {
            await ReadUntilAsync(script, shown, question, stop);
            await EchoIsOffAsync(stop);
            await script.StandardInput.WriteAsync(Typed + "\r");
            await script.StandardInput.FlushAsync(stop);
        }

        shown.Append(await script.StandardOutput.ReadToEndAsync(stop));
        await script.WaitForExitAsync(stop);
        script.ExitCode.ShouldBe(0, shown.ToString());
        shown.ToString().ShouldNotContain("horse");
        File.GetUnixFileMode(_files["key"]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static async Task ReadUntilAsync(Process program, StringBuilder shown, string text, CancellationToken stop)
    {
        char[] one = new char[1];
        while (!shown.ToString().Contains(text, StringComparison.Ordinal))
        {
            (await program.StandardOutput.ReadAsync(one, stop)).ShouldBe(1, shown.ToString());
            shown.Append(one);
        }
    }

    // What is typed before the program reads is shown by the terminal itself, whatever the program does.
    private async Task EchoIsOffAsync(CancellationToken stop)
    {
        string terminal = (await File.ReadAllTextAsync(_files["tty"], stop)).Trim();
        while (!(await Tool.RunAsync("stty", ["-F", terminal, "-a"], stop)).Succeeded().Contains("-echo ", StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(20), stop);
    }
}
