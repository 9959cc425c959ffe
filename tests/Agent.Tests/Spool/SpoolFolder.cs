using HaiSoft.Agent.Spool;
using HaiSoft.Testing.Files;

namespace HaiSoft.Agent.Tests.Spool;

/// <summary>A spool on the real disk, for a test.</summary>
internal sealed class SpoolFolder : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public string Path => _folder.Path;

    /// <summary>Its segment files, oldest first.</summary>
    public string[] Segments => Files(Segment.Extension);

    /// <summary>What was set aside.</summary>
    public string[] Damaged => Files(SpoolMending.DamagedExtension);

    /// <summary>Opens it as the writer does.</summary>
    public SpoolStore Open(SpoolOptions options)
    {
        SpoolStore store = SpoolStore.Open(new SpoolDisk(Path), options);
        store.Mend();
        return store;
    }

    public static SpooledRecord Record(long sequence, int size, Priority priority = Priority.Ordinary, DateTimeOffset? time = null)
    {
        var payload = new byte[size];
        new Random((int)sequence).NextBytes(payload);
        return new SpooledRecord(sequence, time ?? DateTimeOffset.UnixEpoch.AddDays(20000), priority, payload);
    }

    /// <summary>Writes ordinary records, and makes them durable together.</summary>
    public static void Write(SpoolStore store, long first, long last, int size = 10)
    {
        for (long sequence = first; sequence <= last; sequence++)
        {
            store.Append(Record(sequence, size));
        }

        store.Sync();
    }

    /// <summary>Writes a record as the writer does, room first.</summary>
    public static void WriteWithRoom(SpoolStore store, SpooledRecord record)
    {
        int bytes = RecordFormat.HeaderLength + record.Payload.Length;
        bool isUrgent = record.Priority == Priority.Urgent;
        store.MakeRoom(isUrgent ? 0 : bytes, isUrgent ? bytes : 0);
        store.Append(record);
    }

    public static List<SpooledRecord> Records(SpoolStore store, long after = 0, int maximumBytes = int.MaxValue)
    {
        List<SpooledRecord> records = [];
        store.Read(store.Epoch, after, maximumBytes, records);
        return records;
    }

    public static List<long> Sequences(SpoolStore store, long after = 0) => [.. Records(store, after).Select(record => record.Sequence)];

    public static IEnumerable<long> Range(long first, long last)
    {
        for (long sequence = first; sequence <= last; sequence++)
        {
            yield return sequence;
        }
    }

    public void Dispose() => _folder.Dispose();

    private string[] Files(string extension) => [.. Directory.GetFiles(Path, "*" + extension).Order(StringComparer.Ordinal)];
}
