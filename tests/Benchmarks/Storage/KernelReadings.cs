using System.Globalization;

namespace HaiSoft.Benchmarks.Storage;

/// <summary>Reads the series of a dump: what an agent, or another that watches servers, makes of the kernel's files.</summary>
internal static class KernelReadings
{
    private static readonly string[] Processor = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"];

    private static readonly HashSet<string> Memory =
    [
        "MemTotal:", "MemFree:", "MemAvailable:", "Buffers:", "Cached:", "SwapTotal:", "SwapFree:", "Dirty:", "Writeback:", "AnonPages:", "Mapped:",
        "Shmem:", "Slab:", "Committed_AS:", "Active:", "Inactive:",
    ];

    /// <summary>The readings of one dump's lines.</summary>
    public static IEnumerable<KernelReading> Of(IEnumerable<string> lines)
    {
        string file = "";
        foreach (string line in lines)
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
                file = line[3..];
            else
            {
                foreach (KernelReading reading in Of(file, line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)))
                    yield return reading;
            }
        }
    }

    private static IEnumerable<KernelReading> Of(string file, string[] fields) => (file, fields) switch
    {
        ("loadavg", [var one, var five, var fifteen, ..]) => [Level("load.1m", "", one), Level("load.5m", "", five), Level("load.15m", "", fifteen)],
        // Ticks of a hundredth of a second.
        ("stat", ["cpu", .. var times]) => Processor.Zip(times, (name, ticks) => new KernelReading($"cpu.{name}_seconds", "", true, Number(ticks) / 100)),
        ("stat", ["ctxt", var count]) => [Count("kernel.switches_count", "", count)],
        ("stat", ["processes", var count]) => [Count("processes.started_count", "", count)],
        ("stat", ["procs_running" or "procs_blocked", var count]) => [Level($"processes.{fields[0][6..]}_count", "", count)],
        ("meminfo", [var name, var kilobytes, ..]) when Memory.Contains(name) =>
            [new KernelReading($"memory.{name.TrimEnd(':').ToLowerInvariant()}_bytes", "", false, Number(kilobytes) * 1024)],
        ("diskstats", [_, _, var disk, var reads, _, var read, var readTime, var writes, _, var written, var writeTime, _, var busy, ..])
            when Number(reads) > 0 =>
        [
            Count("disk.read_count", disk, reads), new("disk.read_bytes", disk, true, Number(read) * 512), Count("disk.read_milliseconds", disk, readTime),
            Count("disk.write_count", disk, writes), new("disk.write_bytes", disk, true, Number(written) * 512),
            Count("disk.write_milliseconds", disk, writeTime), Count("disk.busy_milliseconds", disk, busy),
        ],
        ("net/dev", [var link, var received, var packets, var errors, _, _, _, _, _, var sent, var sentPackets, var sentErrors, ..])
            when link is not "lo:" && link.EndsWith(':') && Number(received) > 0 =>
        [
            Count("network.receive_bytes", link, received), Count("network.receive_count", link, packets), Count("network.receive_errors_count", link, errors),
            Count("network.transmit_bytes", link, sent), Count("network.transmit_count", link, sentPackets), Count("network.transmit_errors_count", link, sentErrors),
        ],
        ("uptime", [var seconds, ..]) => [new KernelReading("uptime.seconds", "", false, Math.Floor(Number(seconds)))],
        ("df", [var mount, var size, var used, var available, ..]) =>
        [
            Level("filesystem.size_bytes", mount, size), Level("filesystem.used_bytes", mount, used), Level("filesystem.available_bytes", mount, available),
        ],
        (['/', ..], [var thousandths]) => [new KernelReading("sensor.temperature_celsius", file, false, Number(thousandths) / 1000)],
        _ => [],
    };

    private static KernelReading Level(string metric, string component, string value) => new(metric, component, false, Number(value));

    private static KernelReading Count(string metric, string component, string value) => new(metric, component, true, Number(value));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>A real reading.</summary>
internal readonly record struct KernelReading(string Metric, string Component, bool IsCounter, double Value);
