namespace HaiSoft.Agent.Linux;

/// <summary>Where the agent keeps its identity, spool and status.</summary>
/// <param name="Path">Absolute.</param>
internal sealed record StateFolder(string Path)
{
    /// <summary>Where it is by default: what the packaged unit's <c>StateDirectory</c> makes.</summary>
    public const string DefaultPath = "/var/lib/haisoft-agent";

    /// <summary>The spool's own folder.</summary>
    public string Spool => System.IO.Path.Combine(Path, "spool");

    /// <summary>A file in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The folder that was asked for, or systemd's <c>$STATE_DIRECTORY</c>, or the default.</summary>
    public static StateFolder Of(string? asked) => Of(asked, Environment.GetEnvironmentVariable("STATE_DIRECTORY"));

    /// <summary>The folder that was asked for, or the first of systemd's, or the default.</summary>
    /// <param name="asked">On the command line.</param>
    /// <param name="stateDirectories">As systemd writes them: several are parted by colons.</param>
    public static StateFolder Of(string? asked, string? stateDirectories)
    {
        string? fromSystemd = stateDirectories?.Split(':')[0];
        return new StateFolder(System.IO.Path.GetFullPath(
            !string.IsNullOrEmpty(asked) ? asked : !string.IsNullOrEmpty(fromSystemd) ? fromSystemd : DefaultPath));
    }

    /// <summary>Makes it, mode 0700, where it is missing, and tries that it can be written.</summary>
    public void Prepare()
    {
        Directory.CreateDirectory(Path, DurableFile.Private | UnixFileMode.UserExecute);
        string probe = this[".probe"];
        File.WriteAllBytes(probe, []);
        File.Delete(probe);
    }
}
