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
}
