namespace HaiSoft.Testing.Processes;

/// <summary>
/// What this run of a test program has standing on the machine: processes, network namespaces, folders. Each is noted under
/// <c>/run/haisoft-tests/ID</c> when it is made, so that the next run can remove what a run that was itself killed left behind.
/// </summary>
public static class TestRun
{
    private const string Register = "/run/haisoft-tests";

    private static readonly SemaphoreSlim SweepOnce = new(1, 1);
    private static bool s_swept;

    /// <summary>Unique on this machine; short, because it is part of the names of namespaces.</summary>
    public static string Id { get; } = ProcessIdentity.Own.ToString();

    /// <summary>A folder of this run, gone with it.</summary>
    public static string Folder => Directory.CreateDirectory(Path.Combine(Register, Id)).FullName;

    /// <summary>The name of a network namespace of this run.</summary>
    public static string NamespaceName(string role) => $"haisoft-test-{Id}-{role}";

    /// <summary>Remembers a process, so that it is ended even if this run cannot do it.</summary>
    public static void Note(ProcessIdentity process) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Folder, "processes")).FullName, process.ToString()), "");

    /// <summary>Removes, once per run, what runs that are no longer alive have left.</summary>
    public static async Task SweepAsync(CancellationToken cancellationToken)
    {
        await SweepOnce.WaitAsync(cancellationToken);
        try
        {
            if (!s_swept && Directory.Exists(Register))
            {
                foreach (var run in Directory.GetDirectories(Register))
                {
                    if (ProcessIdentity.Parse(Path.GetFileName(run)) is { IsAlive: false })
                    {
                        await RemoveAsync(run, cancellationToken);
                    }
                }
            }

            s_swept = true;
        }
        finally
        {
            SweepOnce.Release();
        }
    }

    private static async Task RemoveAsync(string run, CancellationToken cancellationToken)
    {
        var processes = Path.Combine(run, "processes");
        foreach (var noted in Directory.Exists(processes) ? Directory.GetFiles(processes) : [])
        {
            ProcessIdentity.Parse(Path.GetFileName(noted))?.Send(Signal.Kill);
        }

        var prefix = $"haisoft-test-{Path.GetFileName(run)}-";
        foreach (var name in Directory.Exists("/run/netns") ? Directory.GetFiles("/run/netns", prefix + "*") : [])
        {
            await Tool.RunAsync("ip", ["netns", "del", Path.GetFileName(name)], cancellationToken);
        }

        Directory.Delete(run, recursive: true);
    }
}
