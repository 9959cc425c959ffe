using System.Globalization;
using HaiSoft.Testing.Processes;

namespace HaiSoft.EndToEnd.Tests.Hostile;

/// <summary>What a process takes of the machine's memory for itself: without the pages of files, which the kernel drops when it wants.</summary>
internal static class ResidentMemory
{
    // "RssAnon:	  123456 kB"
    private const string Name = "RssAnon:";

    /// <summary>Now, in MiB.</summary>
    public static double Of(ProcessIdentity process)
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/status")).First(line => line.StartsWith(Name, StringComparison.Ordinal));
        return double.Parse(line[Name.Length..^"kB".Length], CultureInfo.InvariantCulture) / 1024;
    }
}
