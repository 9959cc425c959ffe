using HaiSoft.Testing.Files;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Testing.Disks;

/// <summary>
/// A small file system of a test's own whose faults are the kernel's: it lies in a file on a RAM disk that has less room than it promises,
/// so that what it writes when that is full is an I/O error.
/// </summary>
public sealed class FaultyDisk : IAsyncDisposable
{
    private const int MediumMebibytes = 192;
    private const int SmallMebibytes = 96;

    // The least that XFS takes; its log, a fifth of it, is written when it is made.
    private const int XfsMebibytes = 320;
    private readonly ScratchFolder _folder = new();
    private readonly AfterError _afterError;
    private readonly string _image;
    private readonly string _medium;

    private FaultyDisk(AfterError afterError)
    {
        _afterError = afterError;
        _medium = Directory.CreateDirectory(System.IO.Path.Combine(_folder.Path, "medium")).FullName;
        _image = System.IO.Path.Combine(_medium, "image");
        Path = Directory.CreateDirectory(System.IO.Path.Combine(_folder.Path, "disk")).FullName;
    }

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    private string MediumFiller => System.IO.Path.Combine(_medium, "filler");

    /// <summary>Why none can be made on this machine; null when all is there.</summary>
    public static string? WhyNot() =>
        Environment.UserName != "root" ? "Not root: disks of a test's own cannot be mounted."
        : !File.Exists("/dev/loop-control") ? "The kernel has no loop devices."
        : Tool.Find("mkfs.ext4") is null ? "mkfs.ext4 (e2fsprogs) is not installed: ./build.sh setup installs it."
        : Tool.Find("mkfs.xfs") is null ? "mkfs.xfs (xfsprogs) is not installed: ./build.sh setup installs it."
        : null;

    /// <summary>Makes one.</summary>
    /// <param name="afterError">What it does once its medium has failed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<FaultyDisk> CreateAsync(AfterError afterError, CancellationToken cancellationToken)
    {
        FaultyDisk disk = new(afterError);
        try
        {
            // Programs in a network namespace have mounts of their own: shared, so that they let go of this disk when it is unmounted here.
            await RunAsync("mount", ["--bind", disk._folder.Path, disk._folder.Path], cancellationToken);
            await RunAsync("mount", ["--make-shared", disk._folder.Path], cancellationToken);
            await RunAsync("mount", ["-t", "tmpfs", "-o", $"size={MediumMebibytes}m", "tmpfs", disk._medium], cancellationToken);
            await using (FileStream image = File.Create(disk._image))
                image.SetLength((long)(afterError == AfterError.ReadOnly ? SmallMebibytes : XfsMebibytes) << 20);
            await (afterError == AfterError.ReadOnly
                ? RunAsync("mkfs.ext4", ["-q", "-m", "0", disk._image], cancellationToken)
                : RunAsync("mkfs.xfs", ["-q", disk._image], cancellationToken));
            await disk.MountAsync(cancellationToken);
            return disk;
        }
        catch
        {
            await disk.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill() => FillUp(Filler);

    /// <summary>Gives it back.</summary>
    public void Free() => File.Delete(Filler);

    /// <summary>From now on what needs new blocks cannot be written: EIO. What was free is new again.</summary>
    public async Task BreakAsync(CancellationToken cancellationToken)
    {
        await RunAsync("fstrim", [Path], cancellationToken);
        FillUp(MediumFiller);
    }

    /// <summary>The medium takes everything again; a file system that went read-only stays so until <see cref="MountAgainAsync"/>.</summary>
    public void Mend() => File.Delete(MediumFiller);

    /// <summary>What an administrator does with a file system that the kernel has turned read-only. Nothing may use it.</summary>
    public async Task MountAgainAsync(CancellationToken cancellationToken)
    {
        await RunAsync("umount", [Path], cancellationToken);
        await WaitUntilUnusedAsync(cancellationToken);
        // 1: errors were corrected.
        ToolResult check = await Tool.RunAsync("e2fsck", ["-p", "-f", _image], cancellationToken);
        if (check.ExitCode > 1)
            check.Succeeded();
        await MountAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Tool.RunAsync("umount", ["-l", Path], CancellationToken.None);
        await Tool.RunAsync("umount", ["-l", _medium], CancellationToken.None);
        await Tool.RunAsync("umount", ["-l", _folder.Path], CancellationToken.None);
        _folder.Dispose();
    }

    // The device lives on until the last mount namespace has let go of it, and mounting again would find it as it was: read-only.
    private async Task WaitUntilUnusedAsync(CancellationToken cancellationToken)
    {
        while ((await Tool.RunAsync("losetup", ["--associated", _image], cancellationToken)).Succeeded().Length > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
    }

    private Task MountAsync(CancellationToken cancellationToken) =>
        RunAsync("mount", ["-o", _afterError == AfterError.ReadOnly ? "loop,errors=remount-ro" : "loop", _image, Path], cancellationToken);

    private static async Task RunAsync(string tool, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        (await Tool.RunAsync(tool, arguments, cancellationToken)).Succeeded();

    private static void FillUp(string path)
    {
        using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] some = new byte[64 * 1024];
        for (int size = some.Length; size >= 512; size /= 2)
        {
            try
            {
                while (true)
                    file.Write(some, 0, size);
            }
            catch (IOException)
            {
                // Full, for pieces of this size.
            }
        }
    }
}

/// <summary>What a file system does once its medium has failed.</summary>
public enum AfterError
{
    /// <summary>It can be read only, until it is mounted again: ext4, set so.</summary>
    ReadOnly,

    /// <summary>
    /// It goes on, and tries again to write what is its own: XFS. (ext4 without a journal goes on too, but forgets what it could not write
    /// of its own: then files have holes that no program can prevent.)
    /// </summary>
    GoesOn,
}
