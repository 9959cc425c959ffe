namespace HaiSoft.Agent.Linux;

/// <summary>Where the kernel's and the system's files lie; a test puts its own trees in their place.</summary>
/// <param name="Proc">/proc.</param>
/// <param name="Sys">/sys.</param>
/// <param name="Etc">/etc.</param>
/// <param name="Run">/run.</param>
internal sealed record FileRoots(string Proc, string Sys, string Etc, string Run)
{
    /// <summary>This machine's own.</summary>
    public static FileRoots System { get; } = new("/proc", "/sys", "/etc", "/run");

    /// <summary>A machine laid out in a folder: <c>folder/proc</c>, <c>folder/sys</c>, <c>folder/etc</c>, <c>folder/run</c>.</summary>
    public static FileRoots Below(string folder) =>
        new(Path.Combine(folder, "proc"), Path.Combine(folder, "sys"), Path.Combine(folder, "etc"), Path.Combine(folder, "run"));

    /// <summary>A path below <see cref="Proc"/>: <c>InProc("self/mountinfo")</c>.</summary>
    public string InProc(string relativePath) => Path.Combine(Proc, relativePath);

    /// <summary>A path below <see cref="Sys"/>: <c>InSys("class/net")</c>.</summary>
    public string InSys(string relativePath) => Path.Combine(Sys, relativePath);

    /// <summary>A path below <see cref="Etc"/>: <c>InEtc("os-release")</c>.</summary>
    public string InEtc(string relativePath) => Path.Combine(Etc, relativePath);

    /// <summary>A path below <see cref="Run"/>: <c>InRun("systemd/system")</c>.</summary>
    public string InRun(string relativePath) => Path.Combine(Run, relativePath);
}
