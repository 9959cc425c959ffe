using HaiSoft.Agent.Readings.Links;
using HaiSoft.Agent.Readings.Memory;
using HaiSoft.Agent.Readings.Sensors;
using HaiSoft.Agent.Tests.Readings;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Fuzzing;
using Xunit;

namespace HaiSoft.Agent.Tests.Fuzz;

/// <summary>Whatever stands in a file of <c>/sys</c>, the readers of hwmon, EDAC and links yield something and do not throw.</summary>
public sealed class SysTreeFuzzTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Whatever_stands_in_a_file_something_is_read() => Run(TimeSpan.FromSeconds(3));

    [Fact]
    [Trait("Category", "Soak")]
    public void Whatever_stands_in_a_file_something_is_read_for_long() => Run(TimeSpan.FromMinutes(8));

    private void Run(TimeSpan length)
    {
        string? archive = Captures.Locate("sysfs") is { } sysfs ? Directory.EnumerateFiles(sysfs, "*.ttar", SearchOption.AllDirectories).FirstOrDefault() : null;
        Assert.SkipWhen(archive is null, Captures.Missing);
        TextArchive.Extract(archive!, _folder.Path);
        string root = Directory.Exists(Path.Combine(_folder.Path, "sys")) ? Path.Combine(_folder.Path, "sys") : _folder.Path;
        string[] files = [.. Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(file => file.Contains("hwmon", StringComparison.Ordinal) || file.Contains("edac", StringComparison.Ordinal) || file.Contains("net", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
        List<byte[]> corpus = [.. files.Select(File.ReadAllBytes)];
        int turn = 0;
        TestContext.Current.TestOutputHelper?.WriteLine(Fuzzer.Run(
            "sys tree",
            corpus,
            input =>
            {
                int file = turn++ % files.Length;
                File.WriteAllBytes(files[file], input);
                HwmonFolder.Read(root);
                EdacFolder.Read(root);
                NetFolder.Read(root);
                File.WriteAllBytes(files[file], corpus[file]);
            },
            length,
            TestContext.Current.CancellationToken));
    }
}
