using System.Globalization;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Benchmarks.Machines;

/// <summary>What a process uses, as the kernel counts it.</summary>
/// <param name="CpuSeconds">User and system time since its start, its threads' together.</param>
/// <param name="ToolsCpuSeconds">The same of the programs that it ran and that have ended.</param>
/// <param name="ResidentBytes">Resident memory (Rss).</param>
/// <param name="ProportionalBytes">Resident memory, pages that are shared counted in parts (Pss).</param>
/// <param name="AnonymousBytes">Resident memory that no file is behind.</param>
internal sealed record ProcessUse(double CpuSeconds, double ToolsCpuSeconds, long ResidentBytes, long ProportionalBytes, long AnonymousBytes)
{
    /// <summary>USER_HZ, which Linux fixes for programs.</summary>
    private const double TicksPerSecond = 100;

    public const double Mebibyte = 1 << 20;

    /// <summary>Reads a process of this user.</summary>
    public static ProcessUse Of(int processId)
    {
        Dictionary<string, long> kilobytes = File.ReadLines($"/proc/{processId}/smaps_rollup").Skip(1)
            .Select(line => line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(parts => parts[0], parts => long.Parse(parts[1], CultureInfo.InvariantCulture));
        return new ProcessUse(Cpu(processId), Ticks(processId, 13, 14), kilobytes["Rss"] * 1024, kilobytes["Pss"] * 1024, kilobytes["Anonymous"] * 1024);
    }

    /// <summary>User and system time of a program and all it has started, those that have ended included.</summary>
    public static double FamilyCpu(ProcessIdentity first) =>
        Cpu(first.Id) + Ticks(first.Id, 13, 14) + ProcessIdentity.ChildrenOf(first).Sum(child => Cpu(child.Id));

    /// <summary>Files, sockets and pipes that it has open.</summary>
    public static int Handles(int processId) => Directory.EnumerateFileSystemEntries($"/proc/{processId}/fd").Count();

    /// <summary>Its threads.</summary>
    public static int Threads(int processId) => Directory.EnumerateDirectories($"/proc/{processId}/task").Count();

    /// <summary>User and system time since its start.</summary>
    public static double Cpu(int processId) => Ticks(processId, 11, 12);

    // "1234 (name, which may hold anything) S ...": utime, stime, cutime and cstime are fields 14 to 17.
    private static double Ticks(int processId, int one, int other)
    {
        string stat = File.ReadAllText($"/proc/{processId}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (double.Parse(fields[one], CultureInfo.InvariantCulture) + double.Parse(fields[other], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
