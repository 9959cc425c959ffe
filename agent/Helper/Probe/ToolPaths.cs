namespace HaiSoft.Agent.Helper.Probe;

/// <summary>Where the tools are: the only programs that the helper starts.</summary>
/// <param name="Smartctl">smartctl; absent when it is not installed.</param>
/// <param name="Dmidecode">dmidecode; absent when it is not installed.</param>
internal sealed record ToolPaths(string? Smartctl, string? Dmidecode)
{
    // Folders that only root writes to. PATH is not asked.
    private static readonly string[] Folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>This machine's own, looked up each time: a tool may be installed while the helper runs.</summary>
    public static ToolPaths System => new(Find("smartctl"), Find("dmidecode"));

    private static string? Find(string tool) => Folders.Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
}
