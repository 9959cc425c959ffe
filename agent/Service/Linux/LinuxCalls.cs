using System.Runtime.InteropServices;

namespace HaiSoft.Agent.Linux;

/// <summary>The few system calls that the runtime has no name for. Structures are those of 64-bit Linux.</summary>
internal static partial class LinuxCalls
{
    public const int ClockBoottime = 7;
    public const int OpenReadOnlyDirectory = 0x10000 | 0x80000; // O_DIRECTORY | O_CLOEXEC, O_RDONLY being 0

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    public static partial int ClockGetTime(int clock, out Timespec time);

    [LibraryImport("libc", EntryPoint = "statvfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int StatVfs(string path, out FileSystemStatus status);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LChown(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint GetEffectiveUserId();

    [LibraryImport("libc", EntryPoint = "stat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Stat(string path, byte* buffer);

    /// <summary>The user and group that own a path; <c>null</c> when it cannot be told.</summary>
    public static unsafe (uint User, uint Group)? OwnerOf(string path)
    {
        byte* buffer = stackalloc byte[256];
        if (Stat(path, buffer) != 0)
        {
            return null;
        }

        // struct stat: st_uid is at 28 on x86-64 (st_nlink has eight bytes there), at 24 on arm64.
        int offset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 28 : 24;
        return (*(uint*)(buffer + offset), *(uint*)(buffer + offset + 4));
    }

    /// <summary><c>struct timespec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    /// <summary><c>struct statvfs</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct FileSystemStatus
    {
        public ulong BlockSize;
        public ulong FragmentSize;
        public ulong Blocks;
        public ulong BlocksFree;
        public ulong BlocksAvailable;
        public ulong Inodes;
        public ulong InodesFree;
        public ulong InodesAvailable;
        public ulong FileSystemId;
        public ulong Flags;
        public ulong NameMaximum;
        private readonly long _spare0;
        private readonly long _spare1;
        private readonly long _spare2;
    }
}
