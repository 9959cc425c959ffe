using HaiSoft.Testing.Files;
using HaiSoft.Testing.Machines;

namespace HaiSoft.EndToEnd.Tests.Programs;

/// <summary>The agent as a customer's server gets it: the package, installed, enrolled, enabled.</summary>
internal static class AgentPackage
{
    /// <summary>What a test without the package says when it skips.</summary>
    public const string Missing = "The agent's package is not there: ./build.sh pack makes it (./build.sh test does so by itself).";

    /// <summary>The newest .deb that was made, or null.</summary>
    public static string? Path { get; } = Newest("haisoft-agent_*.deb");

    /// <summary>The newest .rpm that was made, or null.</summary>
    public static string? RpmPath { get; } = Newest("haisoft-agent-*.rpm");

    /// <summary>Installs it on a server, with this configuration, and enrols the server with a token of its own; its service runs when this returns.</summary>
    public static async Task InstallAsync(
        ITestMachine machine, ControllerProgram controller, string server, string configuration, CancellationToken cancellationToken)
    {
        using var technician = controller.Technician();
        using var folder = new ScratchFolder();
        await technician.AddServerAsync(server, cancellationToken);
        await machine.MustAsync(["dpkg", "--install", machine.HandIn(Path!)], cancellationToken);
        await machine.MustAsync(["cp", machine.HandIn(folder.Write("agent.json", configuration)), "/etc/haisoft/agent.json"], cancellationToken);
        var token = await technician.TokenAsync(server, cancellationToken);
        await machine.MustAsync(["haisoft-agent", "enroll", "--controller", controller.AgentsAddress, "--token", token, "--server", server], cancellationToken);
        await machine.MustAsync(["systemctl", "enable", "--now", "haisoft-agent"], cancellationToken);
    }

    private static string? Newest(string pattern) => Directory.Exists(RepositoryFolder.In("artifacts", "packages"))
        ? Directory.EnumerateFiles(RepositoryFolder.In("artifacts", "packages"), pattern).MaxBy(File.GetLastWriteTimeUtc)
        : null;
}
