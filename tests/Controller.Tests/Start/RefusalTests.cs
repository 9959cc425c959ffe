using System.Net;
using System.Net.Sockets;
using HaiSoft.Controller.Storage;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Start;

/// <summary>The real program, when it cannot start: what it says, and how it ends.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task A_verb_that_is_not_understood_is_answered_with_the_usage() =>
        (await RunAsync(StartExitCode.Usage, "frobnicate")).ShouldContain("Usage:");

    [Fact]
    public async Task All_faults_of_the_options_are_told_together()
    {
        string said = await RunAsync(StartExitCode.Options, "--Controller:DataFolder=here", "--Controller:Ingest:CreditBytes=1");
        said.ShouldContain("DataFolder is 'here'");
        said.ShouldContain("CreditBytes is 1");
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_told_with_what_to_do() =>
        (await RunAsync(StartExitCode.DataFolder, "--Controller:DataFolder=/proc/haisoft")).ShouldContain("give it to the user");

    [Fact]
    public async Task A_port_that_is_taken_is_told_with_what_to_do()
    {
        using ScratchFolder folder = new();
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string said = await RunAsync(
            StartExitCode.Address,
            $"--Controller:DataFolder={folder.Path}",
            $"--Controller:AgentsEndpoint=127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}",
            "--Controller:TechniciansEndpoint=127.0.0.1:0",
            "--Controller:ConsoleEndpoint=http://127.0.0.1:0");
        said.ShouldContain("Controller:AgentsEndpoint");
    }

    private static async Task<string> RunAsync(StartExitCode expected, params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "haisoft-controller.dll");
        ToolResult result = await Tool.RunAsync("dotnet", [program, .. arguments], TestContext.Current.CancellationToken);
        result.ExitCode.ShouldBe((int)expected, result.Error);
        return result.Error;
    }
}
