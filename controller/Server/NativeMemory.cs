using System.Runtime.InteropServices;

namespace HaiSoft.Controller;

/// <summary>
/// Memory that the C library hands out: TLS keeps some 50 kB a connection in it. Each thread would take from an arena of its own, and what
/// is freed in one is not used by the others: after many connections that came and went, much is held and little used.
/// </summary>
internal static partial class NativeMemory
{
    // malloc.h: M_ARENA_MAX.
    private const int ArenaMax = -8;
    private const int Arenas = 2;

    /// <summary>Lets the threads that are still to come share arenas. A C library that knows nothing of them goes on as it is.</summary>
    public static void ShareArenas()
    {
        try
        {
            _ = SetOption(ArenaMax, Arenas);
        }
        catch (EntryPointNotFoundException)
        {
            // Not glibc.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
