using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Measurements;
using HaiSoft.Agent.Readings.Measurements;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Measurements;

public sealed class FiguresTests : IDisposable
{
    private readonly ScratchFolder _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void The_kernels_files_become_series()
    {
        _machine.Write("proc/loadavg", "0.42 0.36 0.30 1/512 12345\n");
        _machine.Write("proc/stat", "cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 1 2 3 4\n");
        _machine.Write("proc/meminfo", "MemTotal: 100 kB\nMemFree: 1 kB\nMemAvailable: 60 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n");
        _machine.Write("sys/class/net/eth0/statistics/rx_bytes", "1000\n");
        _machine.Write("sys/class/net/lo/statistics/rx_bytes", "5\n");
        var figures = new KernelFigures(FileRoots.Below(_machine.Path));
        List<Measurement> first = [];
        figures.AddTo(first);
        first.ShouldBe(
        [
            new("load.1m", "", SeriesKind.Gauge, 0.42), new("load.5m", "", SeriesKind.Gauge, 0.36), new("load.15m", "", SeriesKind.Gauge, 0.30),
            new("memory.total_bytes", "", SeriesKind.Gauge, 102400), new("memory.available_bytes", "", SeriesKind.Gauge, 61440),
            new("swap.total_bytes", "", SeriesKind.Gauge, 0), new("swap.free_bytes", "", SeriesKind.Gauge, 0),
            new("network.receive_bytes", "eth0", SeriesKind.Counter, 1000),
        ]);
        _machine.Write("proc/stat", "cpu  130 0 120 850 0 0 0 0 0 0\n");
        List<Measurement> second = [];
        figures.AddTo(second);
        second.ShouldContain(new Measurement("cpu.busy_percent", "", SeriesKind.Gauge, 50));
    }

    [Fact]
    public void What_cannot_be_read_makes_no_series()
    {
        _machine.Write("proc/loadavg", "nonsense\n");
        _machine.Write("proc/stat", "cpu x y\n");
        List<Measurement> none = [];
        new KernelFigures(FileRoots.Below(_machine.Path)).AddTo(none);
        none.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_system_is_asked_once_wherever_it_is_mounted()
    {
        _machine.Write("proc/self/mountinfo", "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n23 1 8:1 / /bound rw - ext4 /dev/sda1 rw\n24 1 0:5 / /proc rw - proc proc rw\n25 1 8:2 / /no/such\\040place ro - xfs /dev/sdb1 ro\n");
        List<Measurement> values = [];
        await new FileSystemFigures(FileRoots.Below(_machine.Path), TimeSpan.FromSeconds(20), TimeProvider.System).AddToAsync(values, TestContext.Current.CancellationToken);
        values.Select(value => value.Component).Distinct().ShouldBe(["/"]);
        values.First(value => value.Metric == "filesystem.size_bytes").Value.ShouldBeGreaterThan(0);
    }
}
