using System.Runtime.InteropServices;
using HaiSoft.Agent.Linux;
using Microsoft.Win32.SafeHandles;

namespace HaiSoft.Agent.Hardware;

/// <summary>
/// Waits for the kernel to say that an array changed: /proc/mdstat answers poll(2) with an exceptional condition at every
/// event of md, so that a failed member is seen at once and not a minute later.
/// </summary>
internal sealed partial class MdWatch(FileRoots roots)
{
    private const short PollPriority = 0x002;
    private const short PollError = 0x008;
    private const int MillisecondsPerTurn = 30_000;

    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends at the next change.</summary>
    public Task Next
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    /// <summary>Begins to wait, on a thread of its own; does nothing where the kernel has no md.</summary>
    public void Start(CancellationToken cancellationToken)
    {
        string path = roots.InProc("mdstat");
        if (!File.Exists(path))
        {
            return;
        }

        Thread thread = new(() => Watch(path, cancellationToken), maxStackSize: 128 * 1024) { IsBackground = true, Name = "mdstat" };
        thread.Start();
    }

    private void Watch(string path, CancellationToken cancellationToken)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(path);
            Span<byte> buffer = stackalloc byte[4096];
            while (!cancellationToken.IsCancellationRequested)
            {
                // Reading from the start tells the kernel which events are known.
                for (long offset = 0; RandomAccess.Read(handle, buffer, offset) is > 0 and int count; offset += count)
                {
                }

                PollDescriptor descriptor = new() { Descriptor = (int)handle.DangerousGetHandle(), Events = PollPriority | PollError };
                if (Poll(ref descriptor, 1, MillisecondsPerTurn) > 0)
                {
                    if ((descriptor.Returned & PollPriority) == 0)
                    {
                        return; // a plain file, or a kernel that does not tell: the next turn sees it
                    }

                    Raise();
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next turn of the sensor tells what is wrong with the file.
        }
    }

    private void Raise()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
