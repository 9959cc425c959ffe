using System.Text;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Files;
using HaiSoft.Agent.Readings.Measurements;

namespace HaiSoft.Agent.Measurements;

/// <summary>Load, processors, memory and network, from the kernel's files. What cannot be read makes no measurement.</summary>
internal sealed class KernelFigures(FileRoots roots)
{
    private const int MaximumBytes = 4096; // what is wanted stands at the beginning of each file

    private ProcessorTime? _lastProcessorTime;

    public void AddTo(List<Measurement> measurements)
    {
        Span<char> text = stackalloc char[MaximumBytes];
        AddLoad(measurements, Read("loadavg", text));
        AddProcessor(measurements, Read("stat", text));
        AddMemory(measurements, Read("meminfo", text));
        AddNetwork(measurements);
    }

    private static void AddLoad(List<Measurement> measurements, ReadOnlySpan<char> text)
    {
        if (LoadAverage.Parse(text) is { } load)
        {
            measurements.Add(Gauge("load.1m", "", load.OneMinute));
            measurements.Add(Gauge("load.5m", "", load.FiveMinutes));
            measurements.Add(Gauge("load.15m", "", load.FifteenMinutes));
        }
    }

    private void AddProcessor(List<Measurement> measurements, ReadOnlySpan<char> text)
    {
        ProcessorTime? now = ProcessorTime.Parse(text);
        if (now is { } time && _lastProcessorTime is { } before && time.BusyPercentSince(before) is { } busy)
        {
            measurements.Add(Gauge("cpu.busy_percent", "", busy));
        }

        _lastProcessorTime = now;
    }

    private static void AddMemory(List<Measurement> measurements, ReadOnlySpan<char> text)
    {
        MemoryInfo memory = MemoryInfo.Parse(text);
        Add(measurements, "memory.total_bytes", memory.TotalBytes);
        Add(measurements, "memory.available_bytes", memory.AvailableBytes);
        Add(measurements, "swap.total_bytes", memory.SwapTotalBytes);
        Add(measurements, "swap.free_bytes", memory.SwapFreeBytes);
    }

    private void AddNetwork(List<Measurement> measurements)
    {
        string root = roots.InSys("class/net");
        foreach (string name in Listing.Names(root))
        {
            if (name == "lo" || name.StartsWith("veth", StringComparison.Ordinal) || name.StartsWith("vnet", StringComparison.Ordinal))
            {
                continue;
            }

            string statistics = Path.Combine(root, name, "statistics");
            Count(measurements, "network.receive_bytes", name, Path.Combine(statistics, "rx_bytes"));
            Count(measurements, "network.transmit_bytes", name, Path.Combine(statistics, "tx_bytes"));
            Count(measurements, "network.receive_errors_count", name, Path.Combine(statistics, "rx_errors"));
            Count(measurements, "network.transmit_errors_count", name, Path.Combine(statistics, "tx_errors"));
        }
    }

    private ReadOnlySpan<char> Read(string file, Span<char> buffer)
    {
        Span<byte> bytes = stackalloc byte[MaximumBytes];
        try
        {
            using var handle = File.OpenHandle(roots.InProc(file));
            int count = RandomAccess.Read(handle, bytes, 0);
            return buffer[..Encoding.Latin1.GetChars(bytes[..count], buffer)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static void Count(List<Measurement> measurements, string metric, string component, string path)
    {
        if (SmallFile.Count(path) is { } value)
        {
            measurements.Add(new Measurement(metric, component, SeriesKind.Counter, value));
        }
    }

    private static void Add(List<Measurement> measurements, string metric, long? value)
    {
        if (value is { } present)
        {
            measurements.Add(Gauge(metric, "", present));
        }
    }

    private static Measurement Gauge(string metric, string component, double value) => new(metric, component, SeriesKind.Gauge, value);
}
