using System.Text;
using HaiSoft.Agent.Readings.Arrays;
using HaiSoft.Agent.Readings.Disks;
using HaiSoft.Agent.Readings.FileSystems;
using HaiSoft.Agent.Readings.Inventory;
using HaiSoft.Agent.Readings.Measurements;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Fuzzing;
using Xunit;

namespace HaiSoft.Agent.Tests.Fuzz;

/// <summary>Whatever a tool or the kernel prints, a parser yields something and does not throw.</summary>
public sealed class ParserFuzzTests
{
    private static readonly Dictionary<string, (Func<IEnumerable<byte[]>> Corpus, Action<byte[]> Take)> Parsers = new(StringComparer.Ordinal)
    {
        ["smartctl"] = (() => Captured("smartctl", "*.json"), input => SmartctlOutput.Parse(input)),
        ["smartctl scan"] = (() => Captured("smartctl-scan", "*.json"), input => SmartctlScan.Parse(input)),
        ["mdstat"] = (() => Captured("mdstat", "*"), input => MdStat.Parse(Text(input))),
        ["dmidecode"] = (() => Captured("dmidecode", "*"), input => DmiTable.Parse(Text(input))),
        ["fstab"] = (() => Written("UUID=1-2 / ext4 rw,relatime 0 1\n/dev/sdb1 /mnt/a\\040b xfs defaults,ro 0 2\n# no\nnone /proc proc\n"), input => Fstab.Writable(Text(input))),
        ["mounts"] = (() => Real("/proc/self/mountinfo", "/proc/mounts"), input => MountTable.Parse(Text(input))),
        ["cpuinfo"] = (() => Real("/proc/cpuinfo"), input => CpuInfo.Parse(Text(input))),
        ["os-release"] = (() => Real("/etc/os-release"), input => OsRelease.Parse(Text(input))),
        ["loadavg"] = (() => Real("/proc/loadavg"), input => LoadAverage.Parse(Text(input))),
        ["meminfo"] = (() => Real("/proc/meminfo"), input => MemoryInfo.Parse(Text(input))),
        ["stat"] = (() => Real("/proc/stat"), input => ProcessorTime.Parse(Text(input))),
    };

    public static TheoryData<string> Names { get; } = [.. Parsers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Whatever_is_printed_something_is_read(string parser) => Run(parser, TimeSpan.FromSeconds(2));

    [Theory]
    [Trait("Category", "Soak")]
    [MemberData(nameof(Names))]
    public void Whatever_is_printed_something_is_read_for_long(string parser) => Run(parser, TimeSpan.FromMinutes(3));

    private static void Run(string parser, TimeSpan length)
    {
        (Func<IEnumerable<byte[]>> corpus, Action<byte[]> take) = Parsers[parser];
        TestContext.Current.TestOutputHelper?.WriteLine(Fuzzer.Run(parser, [.. corpus()], take, length, TestContext.Current.CancellationToken));
    }

    private static IEnumerable<byte[]> Captured(string tool, string pattern)
    {
        string? folder = Captures.Locate(tool);
        Assert.SkipWhen(folder is null, Captures.Missing);
        return Directory.EnumerateFiles(folder!, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);
    }

    private static IEnumerable<byte[]> Real(params IEnumerable<string> files) => files.Select(File.ReadAllBytes);

    private static IEnumerable<byte[]> Written(string text) => [Encoding.UTF8.GetBytes(text)];

    private static string Text(byte[] input) => Encoding.UTF8.GetString(input);
}
