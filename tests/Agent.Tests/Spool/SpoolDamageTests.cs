using HaiSoft.Agent.Spool;
using Shouldly;
using Xunit;
using static HaiSoft.Agent.Tests.Spool.SpoolFolder;

namespace HaiSoft.Agent.Tests.Spool;

/// <summary>What recovery makes of torn, damaged and foreign bytes, and what a disk that refuses does to the spool.</summary>
public sealed class SpoolDamageTests : IDisposable
{
    private static readonly SpoolOptions Small = new() { MaximumBytes = 128 * 1024, SegmentBytes = 8 * 1024 };
    private readonly SpoolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_torn_tail_is_cut_at_every_length_and_everything_before_it_stays()
    {
        string path = WriteOne(1, 5, 40);
        byte[] whole = File.ReadAllBytes(path);
        int record = RecordFormat.HeaderLength + 40;
        for (int length = whole.Length - 1; length >= SegmentHeader.Length; length--)
        {
            File.WriteAllBytes(path, whole[..length]);
            int kept = (length - SegmentHeader.Length) / record;
            using SpoolStore store = Open();
            Sequences(store).ShouldBe(Range(1, kept), $"{length} bytes");
            store.DamagedBytes.ShouldBe(0, $"{length} bytes");
            new FileInfo(path).Length.ShouldBe(SegmentHeader.Length + (kept * record));
        }

        _folder.Damaged.ShouldBeEmpty();
    }

    [Fact]
    public void A_tail_whose_sectors_were_never_written_is_cut_too()
    {
        string path = WriteOne(1, 5, 400);
        byte[] whole = File.ReadAllBytes(path);
        whole.AsSpan(whole.Length - 200).Clear();
        File.WriteAllBytes(path, whole);
        using SpoolStore store = Open();
        Sequences(store).ShouldBe(Range(1, 4));
        store.DamagedBytes.ShouldBe(0);
    }

    [Fact]
    public void A_flipped_bit_in_any_byte_costs_one_record_at_most_is_set_aside_and_told_once()
    {
        string path = WriteOne(1, 4, 20);
        using (SpoolStore store = Open())
        {
            store.SaveCursor(); // it knows the epoch when the header does not any more
        }

        byte[] whole = File.ReadAllBytes(path);
        byte[] cursor = File.ReadAllBytes(CursorPath);
        for (var at = 0; at < whole.Length; at++)
        {
            File.WriteAllBytes(path, Flip(whole, at));
            File.WriteAllBytes(CursorPath, cursor);
            long hit = at < SegmentHeader.Length ? 0 : ((at - SegmentHeader.Length) / (RecordFormat.HeaderLength + 20)) + 1;
            using (SpoolStore store = Open())
            {
                Sequences(store).ShouldBe(Range(1, 4).Where(sequence => sequence != hit), $"byte {at}");
                store.DamagedBytes.ShouldBe(hit == 0 ? SegmentHeader.Length : RecordFormat.HeaderLength + 20, $"byte {at}");
                _folder.Damaged.ShouldHaveSingleItem($"byte {at}");
            }

            using (SpoolStore again = Open())
            {
                again.DamagedBytes.ShouldBe(0, $"byte {at} is told twice");
                Sequences(again).Count.ShouldBe(hit == 0 ? 4 : 3);
            }

            File.Delete(_folder.Damaged.Single());
        }
    }

    [Fact]
    public void A_segment_whose_header_is_lost_goes_on_in_its_epoch()
    {
        WriteOne(1, 60, 400);
        string epoch;
        using (SpoolStore store = Open())
        {
            epoch = store.Epoch;
            store.SaveCursor();
        }

        _folder.Segments.Length.ShouldBeGreaterThan(3);
        foreach (string path in _folder.Segments)
        {
            File.WriteAllBytes(path, Flip(File.ReadAllBytes(path), 10));
            using SpoolStore store = Open();
            store.Epoch.ShouldBe(epoch);
            Sequences(store).ShouldBe(Range(1, 60));
            store.DamagedBytes.ShouldBe(SegmentHeader.Length);
        }
    }

    [Fact]
    public void Either_slot_of_the_cursor_may_be_damaged()
    {
        using (SpoolStore store = Open())
        {
            Write(store, 1, 9);
            foreach (long sequence in (long[])[5, 7])
            {
                store.Acknowledge(store.Epoch, sequence);
                store.SaveCursor();
            }
        }

        byte[] whole = File.ReadAllBytes(CursorPath);
        for (var at = 0; at < whole.Length; at++)
        {
            File.WriteAllBytes(CursorPath, Flip(whole, at));
            using SpoolStore store = Open();
            store.Acknowledged.ShouldBeOneOf(5, 7);
            Sequences(store).ShouldBe(Range(1, 9));
        }
    }

    [Fact]
    public void A_sector_that_cannot_be_read_costs_what_lies_in_it()
    {
        WriteOne(1, 15, 400);
        var isBad = true;
        InterposedDisk disk = new(_folder.Path)
        {
            BeforeRead = (_, offset, length) =>
            {
                if (isBad && offset < 8192 && offset + length > 4096)
                {
                    throw new IOException("Input/output error", 5);
                }
            },
            Before = (operation, _) => isBad &= operation != DiskOperation.Rename, // what was written anew lies elsewhere
        };
        using SpoolStore store = SpoolStore.Open(disk, Small);
        store.Mend();
        List<long> left = Sequences(store);
        left.ShouldBe(Range(1, left.Count));
        left.Count.ShouldBeInRange(8, 10);
        store.DamagedBytes.ShouldBeGreaterThan(0);
        _folder.Damaged.ShouldHaveSingleItem();
    }

    [Fact]
    public void Damage_that_comes_while_the_agent_runs_costs_one_record_and_is_told_once()
    {
        using SpoolStore store = Open();
        Write(store, 1, 5, 40);
        string path = _folder.Segments.Single();
        File.WriteAllBytes(path, Flip(File.ReadAllBytes(path), SegmentHeader.Length + 80));
        Sequences(store).ShouldBe([1L, 3, 4, 5]);
        Sequences(store).ShouldBe([1L, 3, 4, 5]);
        store.DamagedBytes.ShouldBe(RecordFormat.HeaderLength + 40);
    }

    [Fact]
    public void A_file_that_holds_nothing_of_ours_is_set_aside_whole_and_one_that_holds_nothing_is_removed()
    {
        WriteOne(1, 3, 40);
        File.WriteAllBytes(Path.Combine(_folder.Path, Segment.NameOf(50)), [.. Enumerable.Repeat((byte)7, 5000)]);
        File.WriteAllBytes(Path.Combine(_folder.Path, Segment.NameOf(51)), []);
        File.WriteAllBytes(Path.Combine(_folder.Path, Segment.NameOf(52)), new byte[4096]);
        File.WriteAllBytes(Path.Combine(_folder.Path, Segment.NameOf(53) + ".new"), [1, 2, 3]);
        using SpoolStore store = Open();
        Sequences(store).ShouldBe(Range(1, 3));
        store.DamagedBytes.ShouldBe(5000);
        Path.GetFileName(_folder.Damaged.ShouldHaveSingleItem()).ShouldStartWith(Segment.NameOf(50));
        _folder.Segments.Length.ShouldBe(1);
        Directory.GetFiles(_folder.Path, "*.new").ShouldBeEmpty();
        Write(store, 4, 4);
        Sequences(store).ShouldBe(Range(1, 4));
    }

    [Fact]
    public void Sixteen_damaged_files_are_kept_at_most()
    {
        for (var i = 1; i <= 20; i++)
        {
            File.WriteAllBytes(Path.Combine(_folder.Path, Segment.NameOf(i)), [.. Enumerable.Repeat((byte)7, 100)]);
        }

        using SpoolStore store = Open();
        _folder.Damaged.Length.ShouldBe(16);
        _folder.Damaged[^1].ShouldContain(Segment.NameOf(20));
    }

    [Fact]
    [Trait("Category", "Fuzz")]
    public void No_garbage_makes_recovery_fail() => Fuzz(seed: 7, rounds: 60);

    [Fact]
    [Trait("Category", "Soak")]
    public void No_garbage_makes_recovery_fail_ten_thousand_times() => Fuzz(seed: 70_000, rounds: 10_000);

    [Fact]
    public async Task On_a_full_disk_acknowledged_records_give_way_to_findings()
    {
        await using SmallDisk small = await SmallDisk.MountAsync(kibibytes: 256);
        using SpoolStore store = SpoolStore.Open(new SpoolDisk(small.Path), new SpoolOptions { SegmentBytes = 32 * 1024 });
        store.Mend();
        long last = 0;
        Should.Throw<IOException>(() =>
        {
            while (true)
            {
                Write(store, last + 1, last + 10, size: 400);
                last += 10;
            }
        }).HResult.ShouldBe(28);
        store.ForgetUnsynced();
        store.GiveUp(forUrgent: false).ShouldBeFalse("nothing is acknowledged");
        store.Acknowledge(store.Epoch, last);
        store.GiveUp(forUrgent: true).ShouldBeTrue();
        store.Append(Record(last + 1, 400, Priority.Urgent));
        store.Sync();
        Sequences(store).ShouldContain(last + 1);
    }

    [Fact]
    public async Task On_a_full_disk_ordinary_segments_give_way_to_findings_without_being_acknowledged()
    {
        await using SmallDisk small = await SmallDisk.MountAsync(kibibytes: 256);
        using SpoolStore store = SpoolStore.Open(new SpoolDisk(small.Path), new SpoolOptions { SegmentBytes = 32 * 1024 });
        store.Mend();
        Should.Throw<IOException>(() => Write(store, 1, 10_000, size: 400));
        store.ForgetUnsynced();
        long last = store.Last;
        store.GiveUp(forUrgent: true).ShouldBeTrue();
        store.Append(Record(last + 1, 400, Priority.Urgent));
        store.Sync();
        Sequences(store)[^1].ShouldBe(last + 1);
        Sequences(store)[0].ShouldBeGreaterThan(1, "the oldest went");
    }

    [Fact]
    public async Task A_read_only_disk_is_read_from_and_mended_when_it_can_be_written_again()
    {
        await using SmallDisk small = await SmallDisk.MountAsync(kibibytes: 1024);
        using (SpoolStore store = SpoolStore.Open(new SpoolDisk(small.Path), Small))
        {
            Write(store, 1, 5, size: 40);
        }

        string path = Directory.GetFiles(small.Path, "*" + Segment.Extension).Single();
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, Flip(whole[..^10], SegmentHeader.Length + 80));
        await small.RemountAsync("ro");
        using SpoolStore again = SpoolStore.Open(new SpoolDisk(small.Path), Small);
        Should.Throw<IOException>(again.Mend);
        Sequences(again).ShouldBe([1L, 3, 4]);
        await small.RemountAsync("rw");
        again.Mend();
        Sequences(again).ShouldBe([1L, 3, 4]);
        Write(again, 5, 6);
        Sequences(again).ShouldBe([1L, 3, 4, 5, 6]);
        again.DamagedBytes.ShouldBe(RecordFormat.HeaderLength + 40);
    }

    private string CursorPath => Path.Combine(_folder.Path, SpoolCursor.FileName);

    private static byte[] Flip(byte[] whole, int at)
    {
        byte[] damaged = [.. whole];
        damaged[at] ^= (byte)(1 << (at % 8));
        return damaged;
    }

    private static void Fuzz(int seed, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            Random random = new(seed + round);
            using SpoolFolder folder = new();
            using (SpoolStore store = folder.Open(Small))
            {
                Write(store, 1, 40, size: 600);
                store.SaveCursor();
            }

            foreach (string path in Directory.GetFiles(folder.Path))
            {
                byte[] bytes = File.ReadAllBytes(path);
                for (int hits = random.Next(4); hits > 0; hits--)
                {
                    int from = random.Next(bytes.Length);
                    random.NextBytes(bytes.AsSpan(from, Math.Min(random.Next(1, 900), bytes.Length - from)));
                }

                File.WriteAllBytes(path, bytes[..random.Next(bytes.Length / 2, bytes.Length + 1)]);
            }

            using SpoolStore again = folder.Open(Small);
            Write(again, again.Last + 1, again.Last + 3);
            List<long> sequences = Sequences(again);
            sequences.ShouldBe([.. sequences.Distinct().Order()], $"seed {seed + round}");
            sequences.Count.ShouldBeGreaterThanOrEqualTo(3, $"seed {seed + round}");
        }
    }

    private string WriteOne(long first, long last, int size)
    {
        using SpoolStore store = Open();
        Write(store, first, last, size);
        return _folder.Segments[^1];
    }

    private SpoolStore Open() => _folder.Open(Small);
}
