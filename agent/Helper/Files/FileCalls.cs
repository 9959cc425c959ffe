using System.Runtime.InteropServices;

namespace HaiSoft.Agent.Helper.Files;

/// <summary>The few system calls on files that the runtime has no name for. Structures are those of 64-bit Linux.</summary>
internal static partial class FileCalls
{
    private const int OpenReadOnlyDirectory = 0x10000 | 0x80000; // O_DIRECTORY | O_CLOEXEC, O_RDONLY being 0
    private const int StatBytes = 256; // more than struct stat has anywhere

    /// <summary>The user that this process acts as.</summary>
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint GetEffectiveUserId();

    /// <summary>The user that owns a path, links followed; null when it cannot be told.</summary>
    public static unsafe uint? OwnerOf(string path)
    {
        var buffer = stackalloc byte[StatBytes];
        // st_uid is at 28 on x86-64 (st_nlink has eight bytes there), at 24 on arm64.
        return Stat(path, buffer) == 0 ? *(uint*)(buffer + (RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 28 : 24)) : null;
    }

    /// <summary>Makes creations, renames and removals in a folder durable.</summary>
    public static void SyncFolder(string folder)
    {
        var descriptor = Open(folder, OpenReadOnlyDirectory);
        if (descriptor < 0)
            throw new IOException($"cannot open the folder {folder}", Marshal.GetLastPInvokeError());
        try
        {
            if (FSync(descriptor) != 0)
                throw new IOException($"cannot make changes in the folder {folder} durable", Marshal.GetLastPInvokeError());
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Gives a file a second name on the same file system (link(2)).</summary>
    public static void Link(string path, string name)
    {
        if (LinkFile(path, name) != 0)
            throw new IOException($"cannot link {path} as {name}", Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkFile(string path, string name);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "stat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Stat(string path, byte* buffer);
}
