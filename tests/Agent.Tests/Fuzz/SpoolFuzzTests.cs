using HaiSoft.Agent.Spool;
using HaiSoft.Agent.Tests.Spool;
using HaiSoft.Testing.Fuzzing;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Fuzz;

/// <summary>
/// Whatever stands in a segment, the spool opens, yields no record that was not written and none twice, and says the same the next time.
/// </summary>
public sealed class SpoolFuzzTests : IDisposable
{
    private const int Records = 12;
    private static readonly SpoolOptions Small = new() { MaximumBytes = 128 * 1024, SegmentBytes = 16 * 1024 };
    private readonly SpoolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Whatever_stands_in_a_segment_only_what_was_written_is_read() => Run(TimeSpan.FromSeconds(3));

    [Fact]
    [Trait("Category", "Soak")]
    public void Whatever_stands_in_a_segment_only_what_was_written_is_read_for_long() => Run(TimeSpan.FromMinutes(15));

    private void Run(TimeSpan length)
    {
        Dictionary<long, byte[]> written = [];
        using (SpoolStore store = _folder.Open(Small))
        {
            for (long sequence = 1; sequence <= Records; sequence++)
            {
                SpooledRecord record = SpoolFolder.Record(sequence, (int)(sequence * 37), sequence % 3 == 0 ? Priority.Urgent : Priority.Ordinary);
                store.Append(record);
                written[sequence] = record.Payload.ToArray();
            }

            store.Sync();
            store.SaveCursor();
        }

        Dictionary<string, byte[]> whole = Directory.EnumerateFiles(_folder.Path).ToDictionary(path => path, File.ReadAllBytes);
        string segment = _folder.Segments[0];
        TestContext.Current.TestOutputHelper?.WriteLine(Fuzzer.Run(
            "spool",
            [whole[segment]],
            input => Take(input, segment, whole, written),
            length,
            TestContext.Current.CancellationToken));
    }

    private void Take(byte[] input, string segment, Dictionary<string, byte[]> whole, Dictionary<long, byte[]> written)
    {
        foreach (string path in Directory.EnumerateFiles(_folder.Path))
            File.Delete(path);
        foreach ((string path, byte[] content) in whole)
            File.WriteAllBytes(path, path == segment ? input : content);

        List<long> first = Read(written);
        Read(written).ShouldBe(first, "it says something else the second time");
    }

    private List<long> Read(Dictionary<long, byte[]> written)
    {
        using SpoolStore store = _folder.Open(Small);
        List<SpooledRecord> records = [];
        store.Read(store.Epoch, 0, int.MaxValue, records);
        foreach (SpooledRecord record in records)
            record.Payload.ToArray().ShouldBe(written.GetValueOrDefault(record.Sequence));
        List<long> sequences = [.. records.Select(record => record.Sequence)];
        sequences.ShouldBe(sequences.Order().Distinct(), "sequences rise");
        return sequences;
    }
}
