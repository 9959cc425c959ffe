using HaiSoft.Testing.Containers;
using HaiSoft.Testing.Files;

namespace HaiSoft.EndToEnd.Tests.Programs;

/// <summary>The agent as a customer's server gets it: the package, installed, enrolled, enabled.</summary>
internal static class AgentPackage
{
    /// <summary>What a test without the package says when it skips.</summary>
    public const string Missing = "The agent's package is not there: ./build.sh pack makes it (./build.sh test does so by itself).";

    /// <summary>The newest .deb that was made, or null.</summary>
    public static string? Path { get; } = Directory.Exists(RepositoryFolder.In("artifacts", "packages"))
        ? Directory.EnumerateFiles(RepositoryFolder.In("artifacts", "packages"), "haisoft-agent_*.deb").MaxBy(File.GetLastWriteTimeUtc)
        : null;

    /// <summary>Installs it on a server, with this configuration, and enrols the server with this token; its service runs when this returns.</summary>
    public static async Task InstallAsync(Container server, ControllerProgram controller, string token, string configuration, CancellationToken cancellationToken)
    {
        server.CopyIn(Path!, "/root/haisoft-agent.deb");
        await server.MustAsync(["dpkg", "--install", "/root/haisoft-agent.deb"], cancellationToken);
        await File.WriteAllTextAsync(server.Path("/etc/haisoft/agent.json"), configuration, cancellationToken);
        await server.MustAsync(
            ["haisoft-agent", "enroll", "--controller", controller.AgentsAddress, "--token", token, "--server", server.Name],
            cancellationToken);
        await server.MustAsync(["systemctl", "enable", "--now", "haisoft-agent"], cancellationToken);
    }
}
