using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CliWrap;

/// <summary>Ending processes.</summary>
internal static partial class Processes
{
    private const int SigInt = 2;

    /// <summary>Kills a process with all that it started. One that has ended meanwhile is no error.</summary>
    public static void KillTree(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception ex) when (ex is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
        {
            // Ended already, or ends by itself: waiting for it goes on.
        }
    }

    /// <summary>Asks a process to end, as Ctrl+C does.</summary>
    public static void Interrupt(Process process)
    {
        try
        {
            if (!process.HasExited)
                _ = Kill(process.Id, SigInt);
        }
        catch (InvalidOperationException)
        {
            // Ended already.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
