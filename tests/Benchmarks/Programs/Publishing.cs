using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Benchmarks.Programs;

/// <summary>Makes the programs that are measured, into <c>artifacts/bench</c>, from the sources as they are.</summary>
internal static class Publishing
{
    private static readonly string[] Quiet = ["-v", "q", "-nologo"];

    // As ./build.sh publish-controller does.
    private static readonly string[] Ahead =
    [
        "-r", "linux-x64", "--self-contained", "false", "-p:RestorePackagesWithLockFile=false", "-p:PackageMode=pack", "-p:DebugType=none",
    ];

    private static readonly string[] Trimmed =
    [
        "-f", "net10.0", "-p:TargetFrameworks=net10.0", "-r", "linux-x64", "--self-contained", "-p:PublishTrimmed=true",
        "-p:PublishReadyToRun=true", "-p:PublishSingleFile=true", "-p:RestorePackagesWithLockFile=false", "-p:PackageMode=pack", "-p:DebugType=none",
    ];

    // net9.0 is out of support: for measuring only (DESIGN 8, TOOLBOX 1).
    private static readonly string[] Native =
    [
        "-f", "net9.0", "-p:TargetFrameworks=net9.0", "-r", "linux-x64", "-p:PublishAot=true", "-p:RuntimeFrameworkVersion=9.0.21",
        "-p:RestorePackagesWithLockFile=false", "-p:PackageMode=aot", "-p:DebugType=none",
    ];

    /// <summary>The controller in Release; gives the path of the program.</summary>
    public static async Task<string> ControllerAsync(bool asPublished, CancellationToken cancellationToken)
    {
        string folder = Folder("controller");
        string project = RepositoryFolder.In("controller", "Server", "HaiSoft.Controller.csproj");
        string program = Path.Combine(folder, "haisoft-controller");
        if (!asPublished || !File.Exists(program))
            await PublishAsync(project, folder, Ahead, cancellationToken);
        return program;
    }

    /// <summary>Agent and helper; gives their folder.</summary>
    public static async Task<string> AgentAsync(AgentKind kind, bool asPublished, CancellationToken cancellationToken)
    {
        string folder = Folder(kind == AgentKind.TrimmedReadyToRun ? "agent-r2r" : "agent-aot");
        string[] options = kind == AgentKind.TrimmedReadyToRun ? Trimmed : Native;
        if (asPublished && File.Exists(Path.Combine(folder, "haisoft-agent")) && File.Exists(Path.Combine(folder, "haisoft-helper")))
            return folder;

        await PublishAsync(RepositoryFolder.In("agent", "Service", "HaiSoft.Agent.csproj"), folder, options, cancellationToken);
        await PublishAsync(RepositoryFolder.In("agent", "Helper", "HaiSoft.Agent.Helper.csproj"), folder, options, cancellationToken);
        return folder;
    }

    private static string Folder(string name) => Directory.CreateDirectory(RepositoryFolder.In("artifacts", "bench", name)).FullName;

    private static async Task PublishAsync(string project, string folder, string[] options, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine($"publishing {Path.GetFileNameWithoutExtension(project)} into {folder}");
        ToolResult result = await Tool.RunAsync("dotnet", ["publish", project, "-c", "Release", "-o", folder, .. Quiet, .. options], cancellationToken);
        result.Succeeded();
    }
}
