using HaiSoft.Agent.Spool;
using Shouldly;
using Xunit;
using static HaiSoft.Agent.Tests.Spool.SpoolFolder;

namespace HaiSoft.Agent.Tests.Spool;

/// <summary>The spool's folder in good order: what is kept, for how long, and what goes when room is short.</summary>
public sealed class SpoolStoreTests : IDisposable
{
    private static readonly SpoolOptions Small = new() { MaximumBytes = 128 * 1024, SegmentBytes = 8 * 1024 };
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly SpoolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_synced_is_there_after_a_restart_and_numbers_go_on_in_the_same_segment()
    {
        string epoch;
        using (SpoolStore store = Open())
        {
            epoch = store.Epoch;
            epoch.Length.ShouldBe(32);
            Write(store, 1, 50);
        }

        using SpoolStore again = Open();
        again.Epoch.ShouldBe(epoch);
        again.Last.ShouldBe(50);
        Sequences(again).ShouldBe(Range(1, 50));
        Write(again, 51, 60);
        Sequences(again, after: 45).ShouldBe(Range(46, 60));
        _folder.Segments.Length.ShouldBe(1);
    }

    [Fact]
    public void Ten_restarts_without_a_record_leave_no_file_behind_each()
    {
        using (SpoolStore store = Open())
        {
            Write(store, 1, 1);
        }

        for (var i = 0; i < 10; i++)
        {
            using SpoolStore store = Open();
            store.SaveCursor();
        }

        Directory.GetFiles(_folder.Path).Length.ShouldBe(2);
    }

    [Fact]
    public void Files_are_for_their_owner_alone()
    {
        using SpoolStore store = Open();
        Write(store, 1, 1);
        store.SaveCursor();
        foreach (string path in Directory.GetFiles(_folder.Path))
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, path);
        }
    }

    [Fact]
    public void A_read_takes_at_least_one_record_and_stops_at_its_bound()
    {
        using SpoolStore store = Open();
        Write(store, 1, 10, size: 1000);
        Records(store, after: 3, maximumBytes: 1).Select(record => record.Sequence).ShouldBe([4L]);
        Records(store, after: 4, maximumBytes: 2500).Select(record => record.Sequence).ShouldBe([5L, 6L, 7L]);
        Records(store, after: 10).ShouldBeEmpty();
    }

    [Fact]
    public void Records_larger_than_the_window_of_a_reading_come_back_whole()
    {
        using SpoolStore store = Open(new SpoolOptions { MaximumBytes = 64 << 20, SegmentBytes = 4 << 20 });
        int[] sizes = [10, RecordFormat.MaximumPayload, 100_000, 5, 33_000, RecordFormat.MaximumPayload, 1];
        for (var i = 0; i < sizes.Length; i++)
        {
            store.Append(Record(i + 1, sizes[i]));
        }

        store.Sync();
        List<SpooledRecord> records = Records(store);
        records.Select(record => record.Payload.Length).ShouldBe(sizes);
        foreach (SpooledRecord record in records)
        {
            record.Payload.Span.SequenceEqual(Record(record.Sequence, record.Payload.Length).Payload.Span).ShouldBeTrue();
        }
    }

    [Fact]
    public void What_is_not_synced_yet_is_not_read()
    {
        using SpoolStore store = Open();
        store.Append(Record(1, 10));
        Sequences(store).ShouldBeEmpty();
        store.Durable.ShouldBe(0);
        store.Sync();
        Sequences(store).ShouldBe([1L]);
        store.Durable.ShouldBe(1);
    }

    [Fact]
    public void Another_epoch_has_no_records_here()
    {
        using SpoolStore store = Open();
        Write(store, 1, 3);
        List<SpooledRecord> records = [];
        store.Read("0123456789abcdef0123456789abcdef", 0, int.MaxValue, records);
        records.ShouldBeEmpty();
    }

    [Fact]
    public void Ordinary_records_go_first_oldest_first_and_urgent_ones_stay()
    {
        using SpoolStore store = Open();
        for (long sequence = 1; sequence <= 1000; sequence++)
        {
            WriteWithRoom(store, Record(sequence, 400, sequence % 50 == 0 ? Priority.Urgent : Priority.Ordinary));
        }

        store.Sync();
        store.Bytes.ShouldBeLessThanOrEqualTo(Small.MaximumBytes);
        List<long> left = Sequences(store);
        left.Where(sequence => sequence % 50 == 0).ShouldBe(Range(1, 20).Select(i => i * 50));
        List<long> ordinary = [.. left.Where(sequence => sequence % 50 != 0)];
        ordinary.ShouldBe(Range(ordinary[0], 1000).Where(sequence => sequence % 50 != 0));
        ordinary.Count.ShouldBeGreaterThan(200, "the room is used");
    }

    [Fact]
    public void An_eighth_of_the_room_is_never_taken_by_ordinary_records()
    {
        using SpoolStore store = Open();
        for (long sequence = 1; sequence <= 1000; sequence++)
        {
            WriteWithRoom(store, Record(sequence, 400));
            store.Bytes.ShouldBeLessThanOrEqualTo(Small.MaximumBytes - Small.ReservedBytes + Small.SegmentBytes);
        }
    }

    [Fact]
    public void What_must_not_be_dropped_goes_only_when_there_is_nothing_else_oldest_first()
    {
        using SpoolStore store = Open();
        for (long sequence = 1; sequence <= 500; sequence++)
        {
            WriteWithRoom(store, Record(sequence, 400, Priority.Urgent));
        }

        store.Sync();
        store.Bytes.ShouldBeLessThanOrEqualTo(Small.MaximumBytes);
        List<long> left = Sequences(store);
        left.ShouldBe(Range(left[0], 500));
        left.Count.ShouldBeGreaterThan(250);
    }

    [Fact]
    public void Acknowledged_records_go_before_anything_is_dropped()
    {
        using SpoolStore store = Open();
        Write(store, 1, 100, size: 400);
        store.Acknowledge(store.Epoch, 100);
        for (long sequence = 101; sequence <= 300; sequence++)
        {
            WriteWithRoom(store, Record(sequence, 400));
        }

        store.Sync();
        Sequences(store, after: 100).ShouldBe(Range(101, 300));
    }

    [Fact]
    public void Acknowledged_findings_outlast_ordinary_records_that_want_room()
    {
        using SpoolStore store = Open();
        store.Append(Record(1, 400, Priority.Urgent));
        store.Sync();
        store.Acknowledge(store.Epoch, 1);
        for (long sequence = 2; sequence <= 1000; sequence++)
        {
            WriteWithRoom(store, Record(sequence, 400));
            store.Acknowledge(store.Epoch, sequence);
        }

        store.Sync();
        Sequences(store)[0].ShouldBe(1);
    }

    [Fact]
    public void Acknowledged_records_are_kept_for_a_day_and_findings_for_a_week()
    {
        using SpoolStore store = Open();
        for (long sequence = 1; sequence <= 100; sequence++)
        {
            store.Append(Record(sequence, 400, sequence % 10 == 0 ? Priority.Urgent : Priority.Ordinary, Noon));
        }

        store.Sync();
        store.Acknowledge(store.Epoch, 100);
        long open = Segment.OrdinalOf(Path.GetFileName(_folder.Segments[^1]))!.Value;
        open.ShouldBeGreaterThan(4);
        List<long> all = Sequences(store);

        store.Trim(Noon.AddHours(24));
        Sequences(store).ShouldBe(all);

        store.Trim(Noon.AddHours(24).AddSeconds(1));
        List<long> left = Sequences(store);
        left.Where(sequence => sequence % 10 == 0).ShouldBe(Range(1, 10).Select(i => i * 10));
        left.Count(sequence => sequence % 10 != 0).ShouldBeLessThan(20, "only the segment that is written to still has some");

        store.Trim(Noon.AddDays(7));
        Sequences(store).Count(sequence => sequence % 10 == 0).ShouldBe(10);
        store.Trim(Noon.AddDays(7).AddSeconds(1));
        _folder.Segments.Length.ShouldBe(1);
    }

    [Fact]
    public void What_is_not_acknowledged_is_kept_however_old_it_is()
    {
        using SpoolStore store = Open();
        Write(store, 1, 100, size: 400);
        store.Acknowledge(store.Epoch, 40);
        store.Trim(DateTimeOffset.MaxValue);
        Sequences(store, after: 40).ShouldBe(Range(41, 100));
    }

    [Fact]
    public void The_cursor_is_durable_before_a_segment_is_removed()
    {
        List<string> asked = [];
        InterposedDisk disk = new(_folder.Path) { Before = (operation, name) => asked.Add($"{operation} {name}") };
        using SpoolStore store = SpoolStore.Open(disk, Small);
        Write(store, 1, 100, size: 400);
        store.Acknowledge(store.Epoch, 90);
        asked.Clear();
        store.Trim(DateTimeOffset.MaxValue);
        int removed = asked.FindIndex(operation => operation.StartsWith("Delete 0", StringComparison.Ordinal));
        removed.ShouldBeGreaterThan(0);
        int synced = asked.FindIndex(operation => operation is "Sync cursor" or "Sync cursor.new");
        synced.ShouldBeInRange(0, removed - 1);

        SpoolCursor cursor = new(new SpoolDisk(_folder.Path));
        cursor.Load();
        (cursor.Epoch, cursor.Acknowledged).ShouldBe((store.Epoch, 90));
    }

    [Fact]
    public void A_new_epoch_begins_at_one_and_keeps_what_is_not_acknowledged_holes_included()
    {
        string old;
        using (SpoolStore store = Open())
        {
            old = store.Epoch;
            Write(store, 1, 30, size: 400);
            Write(store, 34, 40, size: 400);
            store.Acknowledge(old, 25);
            store.BeginEpoch().ShouldBe(25);
            Sequences(store).ShouldBe([.. Range(1, 5), .. Range(9, 15)]);
            store.Acknowledged.ShouldBe(0);
        }

        using SpoolStore again = Open();
        again.Epoch.ShouldNotBe(old);
        Sequences(again).ShouldBe([.. Range(1, 5), .. Range(9, 15)]);
        Records(again)[^1].Payload.Span.SequenceEqual(Record(40, 400).Payload.Span).ShouldBeTrue();
    }

    [Fact]
    public void A_new_epoch_with_nothing_to_keep_begins_empty()
    {
        using SpoolStore store = Open();
        Write(store, 1, 30, size: 400);
        store.Acknowledge(store.Epoch, 30);
        store.BeginEpoch();
        Sequences(store).ShouldBeEmpty();
        Write(store, 1, 2);
        Sequences(store).ShouldBe([1L, 2L]);
        _folder.Segments.Length.ShouldBe(1);
    }

    [Fact]
    public void An_acknowledgement_of_another_epoch_is_none()
    {
        using SpoolStore store = Open();
        Write(store, 1, 3);
        store.Acknowledge("0123456789abcdef0123456789abcdef", 3);
        store.Acknowledged.ShouldBe(0);
    }

    [Fact]
    public void After_a_failed_sync_the_same_records_are_written_again_and_read_once()
    {
        using (SpoolStore store = Open())
        {
            Write(store, 1, 3);
            for (var attempt = 0; attempt < 2; attempt++)
            {
                store.Append(Record(4, 10));
                store.Append(Record(5, 10));
                store.ForgetUnsynced();
                store.Last.ShouldBe(3);
            }

            Write(store, 4, 5);
            Sequences(store).ShouldBe(Range(1, 5));
        }

        using SpoolStore again = Open();
        Sequences(again).ShouldBe(Range(1, 5));
        again.DamagedBytes.ShouldBe(0);
        _folder.Segments.Length.ShouldBe(2);
    }

    [Fact]
    public void What_the_cursor_knows_of_is_never_numbered_again_though_its_records_are_lost()
    {
        using (SpoolStore store = Open())
        {
            Write(store, 1, 9);
            store.Acknowledge(store.Epoch, 9);
            store.SaveCursor();
        }

        string path = _folder.Segments.Single();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..(SegmentHeader.Length + 50)]);
        using SpoolStore again = Open();
        again.Last.ShouldBe(9);
        Write(again, 10, 10);
        Sequences(again).ShouldBe([1L, 10L]);
    }

    [Fact]
    public void Seventy_two_hours_without_a_controller_keep_every_finding_and_count_what_goes()
    {
        // A server's day twice as chatty as usual, in the smallest room that can be configured.
        SpoolOptions smallest = new() { MaximumBytes = 16 << 20 };
        using SpoolStore store = SpoolStore.Open(new SimulatedDisk(), smallest);
        Random random = new(72);
        long sequence = 0;
        HashSet<long> findings = [];
        for (var minute = 0; minute < 72 * 60; minute++)
        {
            for (var report = 0; report < 10; report++)
            {
                bool finding = random.Next(50) == 0;
                SpooledRecord record = Record(++sequence, finding ? 900 : 400 + random.Next(800), finding ? Priority.Urgent : Priority.Ordinary, Noon.AddMinutes(minute));
                WriteWithRoom(store, record);
                if (finding)
                {
                    findings.Add(sequence);
                }
            }

            store.Sync();
            store.Trim(Noon.AddMinutes(minute));
        }

        List<SpooledRecord> held = Records(store);
        held.Where(record => record.Priority == Priority.Urgent).Select(record => record.Sequence).ShouldBe(findings.Order());
        held.Count.ShouldBeLessThan((int)sequence);
        held[^1].Sequence.ShouldBe(sequence);
        store.Bytes.ShouldBeInRange(10 << 20, 16 << 20);
    }

    private SpoolStore Open(SpoolOptions? options = null) => _folder.Open(options ?? Small);
}
