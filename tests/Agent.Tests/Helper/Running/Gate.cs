using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Agent.Tests.Helper.Running;

/// <summary>
/// A named pipe in a file's place: whoever opens it waits there, and can be killed at a known point. Opened, the file is in its place again,
/// and who waits reads what it would have read.
/// </summary>
internal sealed class Gate
{
    private readonly string _path;
    private readonly string _aside;

    private Gate(string path, string aside) => (_path, _aside) = (path, aside);

    /// <summary>Closes one.</summary>
    /// <param name="path">The file; it need not be there.</param>
    /// <param name="aside">A folder on the same file system, for what is out of its place.</param>
    public static async Task<Gate> CloseAsync(string path, ScratchFolder aside, CancellationToken cancellationToken)
    {
        Gate gate = new(path, aside[Guid.NewGuid().ToString("N")]);
        string pipe = gate._aside + ".pipe";
        (await Tool.RunAsync("mkfifo", ["--mode=600", pipe], cancellationToken)).Succeeded();
        if (File.Exists(path))
            File.Copy(path, gate._aside);
        File.Move(pipe, path, overwrite: true);
        return gate;
    }

    /// <summary>Lets go who waits, if anybody does.</summary>
    public void Open()
    {
        string pipe = _aside + ".pipe";
        File.Move(_path, pipe);
        if (!File.Exists(_aside))
            return;
        byte[] content = File.ReadAllBytes(_aside);
        File.Move(_aside, _path);
        // For reading as well, it can be opened although nobody waits.
        using FileStream writer = new(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        writer.Write(content);
    }
}
