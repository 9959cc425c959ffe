using System.Globalization;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;
using Xunit;

namespace HaiSoft.Agent.Tests.Spool;

/// <summary>A real file system of a few hundred kibibytes (tmpfs), to be filled up and made read-only.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly ScratchFolder _folder = new();

    private SmallDisk()
    {
    }

    /// <summary>Where it is mounted.</summary>
    public string Path => _folder.Path;

    /// <summary>Mounts one; skips the test where that is not allowed.</summary>
    public static async Task<SmallDisk> MountAsync(int kibibytes)
    {
        SmallDisk disk = new();
        string options = string.Create(CultureInfo.InvariantCulture, $"size={kibibytes}k,mode=0700");
        ToolResult mount = await Tool.RunAsync("mount", ["-t", "tmpfs", "-o", options, "haisoft-test", disk.Path], CancellationToken.None);
        if (mount.ExitCode != 0)
        {
            disk._folder.Dispose();
            Assert.Skip($"a small disk cannot be mounted here (root is needed): {mount.Error.Trim()}");
        }

        return disk;
    }

    /// <summary>Mounts it again with an option: "ro", "rw".</summary>
    public async Task RemountAsync(string option) =>
        (await Tool.RunAsync("mount", ["-o", "remount," + option, Path], CancellationToken.None)).Succeeded();

    public async ValueTask DisposeAsync()
    {
        (await Tool.RunAsync("umount", ["--lazy", Path], CancellationToken.None)).Succeeded();
        _folder.Dispose();
    }
}
