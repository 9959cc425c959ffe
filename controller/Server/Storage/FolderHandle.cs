using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HaiSoft.Controller.Storage;

/// <summary>An open folder, for flushing its names to the disk: the framework opens files only.</summary>
internal static partial class FolderHandle
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;

    /// <summary>Opens a folder. Fails with <see cref="IOException"/>.</summary>
    public static SafeFileHandle Open(string folder)
    {
        var handle = OpenPath(folder, ReadOnly | CloseOnExec);
        return handle.IsInvalid ? throw new IOException($"'{folder}': {new Win32Exception().Message}") : handle;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenPath(string path, int flags);
}
