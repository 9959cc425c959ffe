using System.Globalization;

namespace HaiSoft.Benchmarks.Machines;

/// <summary>What a figure was measured on, and how busy that was: a figure without it says little.</summary>
/// <param name="Cores">Logical processors.</param>
/// <param name="MemoryGibibytes">Memory.</param>
/// <param name="Kernel">Release of the kernel.</param>
/// <param name="LoadOfMinute">Mean number of runnable tasks over the last minute, those of the measurement included.</param>
internal sealed record MachineDescription(int Cores, double MemoryGibibytes, string Kernel, double LoadOfMinute)
{
    public static MachineDescription Read() => new(
        Environment.ProcessorCount,
        Math.Round(KilobytesOfMemory() / (1024.0 * 1024.0), 1),
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture));

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Cores} cores, {MemoryGibibytes:0} GiB, Linux {Kernel}, load {LoadOfMinute:0.0}");

    // "MemTotal:       24689764 kB"
    private static double KilobytesOfMemory() =>
        double.Parse(File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
