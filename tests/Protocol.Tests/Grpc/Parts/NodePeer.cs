using System.Diagnostics;
using System.Globalization;
using System.Text;
using HaiSoft.Testing.Files;

namespace HaiSoft.Protocol.Tests.Grpc.Parts;

/// <summary>A peer in another language: a script of the folder <c>peer</c>, run by node with the packages of the repository's root.</summary>
internal sealed class NodePeer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private NodePeer(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Why no peer can be started here; null when one can.</summary>
    public static string? Missing { get; } = FindMissing();

    /// <summary>Starts a script; arguments go to it as they are.</summary>
    public static NodePeer Start(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(RepositoryFolder.In("tests", "Protocol.Tests", "Grpc", "peer", script));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new NodePeer(Process.Start(start)!);
    }

    /// <summary>The port that a server's first line tells.</summary>
    public async Task<int> PortAsync(CancellationToken cancellationToken)
    {
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken);
        return int.TryParse(line, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new InvalidOperationException($"The peer told no port but '{line}': {await _errors}");
    }

    /// <summary>All that the script printed, when it has ended well.</summary>
    public async Task<string> OutputAsync(CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            output.AppendLine(line);
        }

        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode == 0
            ? output.ToString().Trim()
            : throw new InvalidOperationException($"The peer ended with {_process.ExitCode}: {output}{await _errors}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string? FindMissing()
    {
        if (!Directory.Exists(RepositoryFolder.In("node_modules", "@grpc", "grpc-js")))
        {
            return "node_modules/@grpc/grpc-js is missing: run 'npm ci' in the repository's root.";
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        return folders.Any(folder => File.Exists(Path.Combine(folder, "node"))) ? null : "node is not on the PATH.";
    }
}
