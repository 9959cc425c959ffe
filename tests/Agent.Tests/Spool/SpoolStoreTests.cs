using HaiSoft.Agent.Spool;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Spool;

/// <summary>The spool's folder: what survives crashes, damage and want of room.</summary>
public sealed class SpoolStoreTests : IDisposable
{
    private static readonly SpoolOptions Small = new() { MaximumBytes = 128 * 1024, SegmentBytes = 8 * 1024 };
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_synced_is_there_after_a_restart_and_numbers_go_on()
    {
        string epoch;
        using (SpoolStore store = Open())
        {
            epoch = store.Epoch;
            Write(store, 1, 50);
        }

        using SpoolStore again = Open();
        again.Epoch.ShouldBe(epoch);
        again.Last.ShouldBe(50);
        Sequences(again, after: 0).ShouldBe(Range(1, 50));
        Write(again, 51, 60);
        Sequences(again, after: 45).ShouldBe(Range(46, 60));
    }

    [Fact]
    public void A_read_takes_at_least_one_record_and_stops_at_its_bound()
    {
        using SpoolStore store = Open();
        Write(store, 1, 10, size: 1000);
        List<SpooledRecord> records = [];
        store.Read(3, 1, records);
        records.Select(record => record.Sequence).ShouldBe([4L]);
        records.Clear();
        store.Read(4, 2500, records);
        records.Select(record => record.Sequence).ShouldBe([5L, 6L, 7L]);
    }

    [Fact]
    public void A_torn_tail_is_cut_at_every_length_and_everything_before_it_stays()
    {
        using (SpoolStore store = Open())
        {
            Write(store, 1, 5, size: 40);
        }

        string path = Directory.GetFiles(_folder.Path, "*" + Segment.Extension).Single();
        byte[] whole = File.ReadAllBytes(path);
        int record = RecordFormat.HeaderLength + 40;
        for (int length = whole.Length - 1; length >= SegmentHeader.Length; length--)
        {
            File.WriteAllBytes(path, whole[..length]);
            int kept = (length - SegmentHeader.Length) / record;
            using SpoolStore store = Open();
            Sequences(store, after: 0).ShouldBe(Range(1, kept));
            store.DamagedBytes.ShouldBe(0);
            new FileInfo(path).Length.ShouldBe(SegmentHeader.Length + (kept * record));
        }
    }

    [Fact]
    public void A_flipped_bit_costs_one_record_at_most_and_is_set_aside()
    {
        using (SpoolStore store = Open())
        {
            Write(store, 1, 6, size: 40);
        }

        string path = Directory.GetFiles(_folder.Path, "*" + Segment.Extension).Single();
        byte[] whole = File.ReadAllBytes(path);
        Random random = new(20260302);
        for (var i = 0; i < 100; i++)
        {
            byte[] damaged = [.. whole];
            int at = random.Next(SegmentHeader.Length, whole.Length);
            damaged[at] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, damaged);
            using SpoolStore store = Open();
            List<long> left = Sequences(store, after: 0);
            long hit = ((at - SegmentHeader.Length) / (RecordFormat.HeaderLength + 40)) + 1;
            left.ShouldBe(Range(1, 6).Where(sequence => sequence != hit), $"byte {at}");
        }

        Directory.GetFiles(_folder.Path, "*" + SpoolRecovery.DamagedExtension).ShouldNotBeEmpty();
    }

    [Fact]
    [Trait("Category", "Fuzz")]
    public void No_garbage_makes_recovery_fail()
    {
        Random random = new(7);
        for (var round = 0; round < 60; round++)
        {
            using ScratchFolder folder = new();
            using (SpoolStore store = SpoolStore.Open(folder.Path, Small))
            {
                Write(store, 1, 40, size: 600);
            }

            foreach (string path in Directory.GetFiles(folder.Path, "*" + Segment.Extension))
            {
                byte[] bytes = File.ReadAllBytes(path);
                for (int hits = random.Next(4); hits > 0; hits--)
                {
                    int from = random.Next(bytes.Length);
                    random.NextBytes(bytes.AsSpan(from, Math.Min(random.Next(1, 900), bytes.Length - from)));
                }

                File.WriteAllBytes(path, bytes[..random.Next(bytes.Length / 2, bytes.Length + 1)]);
            }

            using SpoolStore again = SpoolStore.Open(folder.Path, Small);
            Write(again, again.Last + 1, again.Last + 3);
            List<long> sequences = Sequences(again, after: 0);
            sequences.ShouldBeInOrder(SortDirection.Ascending);
            sequences.Distinct().Count().ShouldBe(sequences.Count);
            sequences.Count.ShouldBeGreaterThanOrEqualTo(3);
        }
    }

    [Fact]
    public void Ordinary_records_go_first_oldest_first_and_urgent_ones_stay()
    {
        using SpoolStore store = Open();
        for (long sequence = 1; sequence <= 1000; sequence++)
        {
            Priority priority = sequence % 50 == 0 ? Priority.Urgent : Priority.Ordinary;
            store.MakeRoom(priority == Priority.Ordinary ? 432 : 0, priority == Priority.Urgent ? 432 : 0);
            store.Append([Record(sequence, 400, priority)]);
        }

        store.Sync();
        store.Bytes.ShouldBeLessThanOrEqualTo(Small.MaximumBytes);
        List<long> left = Sequences(store, after: 0);
        left.Where(sequence => sequence % 50 == 0).ShouldBe(Range(1, 20).Select(i => i * 50));
        List<long> ordinary = [.. left.Where(sequence => sequence % 50 != 0)];
        ordinary.ShouldBe(Range((int)ordinary[0], 1000).Where(sequence => sequence % 50 != 0));
    }

    [Fact]
    public void Acknowledged_segments_go_before_anything_is_dropped()
    {
        using SpoolStore store = Open();
        Write(store, 1, 100, size: 400);
        store.Acknowledged = 100;
        for (long sequence = 101; sequence <= 300; sequence++)
        {
            store.MakeRoom(432, 0);
            store.Append([Record(sequence, 400, Priority.Ordinary)]);
        }

        store.Sync();
        Sequences(store, after: 100).ShouldBe(Range(101, 300));
    }

    [Fact]
    public void Acknowledged_records_are_kept_for_their_time_and_the_cursor_goes_first()
    {
        using SpoolStore store = Open();
        Write(store, 1, 100, size: 400);
        store.Acknowledged = 90;
        store.Trim(DateTimeOffset.UnixEpoch);
        store.FirstHeld.ShouldBe(1);
        store.Trim(DateTimeOffset.MaxValue);
        store.FirstHeld.ShouldBeInRange(2, 91);
        SpoolCursor.Read(_folder.Path, store.Epoch).ShouldBe(90);
    }

    [Fact]
    public void A_new_epoch_begins_at_one_and_keeps_what_is_not_acknowledged()
    {
        string old;
        using (SpoolStore store = Open())
        {
            old = store.Epoch;
            Write(store, 1, 30);
            store.Acknowledged = 25;
            store.BeginEpoch();
            Sequences(store, after: 0).ShouldBe(Range(1, 5));
        }

        using SpoolStore again = Open();
        again.Epoch.ShouldNotBe(old);
        Sequences(again, after: 0).ShouldBe(Range(1, 5));
    }

    [Fact]
    public void After_a_failed_sync_the_same_records_are_written_again_and_read_once()
    {
        using (SpoolStore store = Open())
        {
            Write(store, 1, 3);
            SpooledRecord[] unsynced = [Record(4, 10, Priority.Ordinary), Record(5, 10, Priority.Ordinary)];
            store.Append(unsynced);
            store.ForgetUnsynced();
            store.Last.ShouldBe(3);
            store.Append(unsynced);
            store.Sync();
            Sequences(store, after: 0).ShouldBe(Range(1, 5));
        }

        using SpoolStore again = Open();
        Sequences(again, after: 0).ShouldBe(Range(1, 5));
    }

    [Fact]
    public void Crc32C_is_the_castagnoli_one() =>
        RecordFormat.Crc32C("123456789"u8).ShouldBe(0xE3069283); // check value of RFC 3720's CRC

    private static void Write(SpoolStore store, long first, long last, int size = 10)
    {
        for (long sequence = first; sequence <= last; sequence++)
        {
            store.Append([Record(sequence, size, Priority.Ordinary)]);
        }

        store.Sync();
    }

    private static SpooledRecord Record(long sequence, int size, Priority priority)
    {
        var payload = new byte[size];
        new Random((int)sequence).NextBytes(payload);
        return new SpooledRecord(sequence, DateTimeOffset.UnixEpoch.AddDays(20000), priority, payload);
    }

    private static List<long> Sequences(SpoolStore store, long after)
    {
        List<SpooledRecord> records = [];
        store.Read(after, int.MaxValue, records);
        foreach (SpooledRecord record in records)
        {
            record.Payload.Length.ShouldBeGreaterThan(0);
        }

        return [.. records.Select(record => record.Sequence)];
    }

    private static IEnumerable<long> Range(int first, int last) => Enumerable.Range(first, last - first + 1).Select(i => (long)i);

    private SpoolStore Open() => SpoolStore.Open(_folder.Path, Small);
}
