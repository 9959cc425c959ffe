using System.Text;
using HaiSoft.Agent.Helper.Tools;

namespace HaiSoft.Agent.Helper.CarryOut;

/// <summary>The system's services, by systemctl. Of another root than "/" none are known.</summary>
internal sealed class Units(PackageTool tool, string root, TimeProvider time)
{
    private const string Systemctl = "/usr/bin/systemctl";
    private const int SteadyLooks = 3;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>There are services to be asked for.</summary>
    public bool AreKnown => root == "/" && Directory.Exists("/run/systemd/system");

    /// <summary>The system's current boot; another one after each.</summary>
    public static string BootId => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>Those of them that run.</summary>
    public async Task<IReadOnlyList<string>> RunningAsync(IEnumerable<string> units, CancellationToken cancellationToken)
    {
        var running = new List<string>();
        foreach (var unit in AreKnown ? units : [])
            if (await RunsAsync(unit, cancellationToken))
                running.Add(unit);
        return running;
    }

    /// <summary>Those of them that run after a start, and go on running: a service that crashes and is started anew does not.</summary>
    public async Task<IReadOnlyList<string>> SteadyAsync(IReadOnlyList<string> units, CancellationToken cancellationToken)
    {
        if (!AreKnown || units.Count == 0)
            return [];
        var since = time.GetTimestamp();
        var looks = units.ToDictionary(unit => unit, _ => 0);
        while (looks.Values.Any(count => count < SteadyLooks) && time.GetElapsedTime(since) < Patience)
        {
            foreach (var unit in units)
                looks[unit] = await RunsAsync(unit, cancellationToken) ? looks[unit] + 1 : 0;
            await Task.Delay(Between, time, cancellationToken);
        }

        return [.. units.Where(unit => looks[unit] > 0)];
    }

    /// <summary>Restarts a service if it runs.</summary>
    public Task RestartAsync(string unit, CancellationToken cancellationToken) => RunAsync(cancellationToken, "try-restart", "--", unit);

    /// <summary>Stops a service, whose unit may be gone.</summary>
    public Task StopAsync(string unit, CancellationToken cancellationToken) => RunAsync(cancellationToken, "stop", "--", unit);

    /// <summary>Starts a service, now and at boot.</summary>
    public async Task EnableAsync(string unit, CancellationToken cancellationToken)
    {
        await RunAsync(cancellationToken, "daemon-reload");
        await RunAsync(cancellationToken, "enable", "--now", "--", unit);
    }

    /// <summary>Waits until everything was started that is to be at boot, as long as a service may take.</summary>
    public Task BootedAsync(CancellationToken cancellationToken) => RunAsync(cancellationToken, "is-system-running", "--wait");

    /// <summary>Asks the system to reboot.</summary>
    /// <returns>Why it does not; null when it does.</returns>
    public async Task<string?> RebootAsync(CancellationToken cancellationToken)
    {
        if (!AreKnown)
            return "There is no systemd that could be asked.";
        var result = await tool.RunAsync(Systemctl, ["--no-wall", "reboot"], default, Within, cancellationToken);
        return result is { End: ToolEnd.NotStarted } or { End: ToolEnd.Ended, ExitStatus: not 0 } ? $"systemctl ended with {result.ExitStatus}: {result.Error.Trim()}" : null;
    }

    private async Task<bool> RunsAsync(string unit, CancellationToken cancellationToken) =>
        await RunAsync(cancellationToken, "show", "--property=ActiveState", "--", unit) is { } told && told.Contains("ActiveState=active\n", StringComparison.Ordinal);

    private async Task<string?> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        if (!AreKnown)
            return null;
        var result = await tool.RunAsync(Systemctl, ["--no-pager", .. arguments], default, Within, cancellationToken);
        return result.End == ToolEnd.Ended ? Encoding.UTF8.GetString(result.Output.Span) : null;
    }
}
