using System.Runtime.InteropServices;

namespace HaiSoft.Testing.Processes;

/// <summary>The signals that tests send (numbers of Linux).</summary>
public enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

internal static partial class Signals
{
    [LibraryImport("libc", EntryPoint = "kill")]
    internal static partial int Kill(int processId, int signal);
}
