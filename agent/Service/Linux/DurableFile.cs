using System.ComponentModel;
using System.Runtime.InteropServices;

namespace HaiSoft.Agent.Linux;

/// <summary>
/// Replaces a file so that a crash at any instant leaves the old content or the new one, whole: write a temporary file
/// beside it, fsync, rename, fsync the folder.
/// </summary>
internal static class DurableFile
{
    /// <summary>Readable and writable by its owner alone.</summary>
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Readable by everyone, writable by its owner.</summary>
    public const UnixFileMode Readable = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>
    /// Writes <paramref name="content"/> in place of what <paramref name="path"/> held. Run by root in another user's
    /// folder, it gives the file to that user: what <c>enroll</c> writes, the daemon must be able to read.
    /// </summary>
    public static void Replace(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string temporary = path + ".new";
        File.Delete(temporary); // a leftover of a crash may have another mode
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = mode,
        };
        using (FileStream stream = new(temporary, options))
        {
            stream.Write(content);
            File.SetUnixFileMode(stream.SafeFileHandle, mode); // the umask may have taken bits away
            stream.Flush(flushToDisk: true);
        }

        GiveToOwnerOf(folder, temporary);
        File.Move(temporary, path, overwrite: true);
        SyncFolder(folder);
    }

    /// <summary>Makes creations, renames and removals in a folder durable.</summary>
    public static void SyncFolder(string folder)
    {
        int descriptor = LinuxCalls.Open(folder, LinuxCalls.OpenReadOnlyDirectory);
        if (descriptor < 0)
        {
            throw Failure($"cannot open the folder {folder}");
        }

        try
        {
            if (LinuxCalls.FSync(descriptor) != 0)
            {
                throw Failure($"cannot make changes in the folder {folder} durable");
            }
        }
        finally
        {
            _ = LinuxCalls.Close(descriptor);
        }
    }

    /// <summary>Run by root in another user's folder: gives what it made there to that user.</summary>
    public static void GiveToOwnerOf(string folder, string path)
    {
        if (LinuxCalls.GetEffectiveUserId() == 0
            && LinuxCalls.OwnerOf(folder) is { } owner
            && owner.User != 0
            && LinuxCalls.LChown(path, owner.User, owner.Group) != 0)
        {
            throw Failure($"cannot give {path} to the owner of {folder}");
        }
    }

    private static IOException Failure(string what)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{what}: {new Win32Exception(error).Message}", error);
    }
}
