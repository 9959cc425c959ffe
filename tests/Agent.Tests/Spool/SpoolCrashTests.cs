using HaiSoft.Agent.Spool;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Spool;

/// <summary>
/// What was durable stays, whatever happens: properties of the spool over random operations, failures and losses of power.
/// A failure names its seed; <c>SpoolModel(seed, …)</c> plays it again.
/// </summary>
public sealed class SpoolCrashTests
{
    private static readonly SpoolOptions Roomy = new() { MaximumBytes = 64 * 1024 * 1024, SegmentBytes = 4 * 1024 };
    private static readonly SpoolOptions Narrow = new() { MaximumBytes = 96 * 1024, SegmentBytes = 4 * 1024 };

    [Fact]
    public void Nothing_durable_is_lost_or_doubled_by_failures_and_losses_of_power()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            Run(new SpoolModel(seed, Roomy, dropsOrdinary: false), 120);
        }
    }

    // 1923: the power goes in a change of epoch, and takes all records of the one segment that was still to be moved.
    // 2187: a new segment's name is not durable when the process ends, and is written to by the next one until the power goes.
    [Theory]
    [InlineData(1923)]
    [InlineData(2187)]
    public void Courses_that_failed_once_hold(int seed)
    {
        Run(new SpoolModel(seed, Roomy, dropsOrdinary: false), 120);
        Run(new SpoolModel(seed, Narrow, dropsOrdinary: true), 200);
    }

    [Fact]
    public void When_room_is_short_only_ordinary_records_go()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            Run(new SpoolModel(seed, Narrow, dropsOrdinary: true), 200);
        }
    }

    [Fact]
    [Trait("Category", "Soak")]
    public void The_same_holds_for_ten_thousand_courses()
    {
        for (var seed = 1000; seed < 11_000; seed++)
        {
            Run(new SpoolModel(seed, Roomy, dropsOrdinary: false), 120);
            Run(new SpoolModel(seed, Narrow, dropsOrdinary: true), 200);
        }
    }

    [Fact]
    public void The_power_may_go_before_any_operation_of_the_disk()
    {
        for (var count = 1; ; count++)
        {
            using SpoolModel model = new(4711, Narrow, dropsOrdinary: true);
            if (!model.RunUntilPowerLoss(60, model.Operations + count))
            {
                count.ShouldBeGreaterThan(200, $"{model.Operations} operations");
                return;
            }

            model.RunUntilPowerLoss(10, int.MaxValue);
        }
    }

    [Fact]
    public void A_copy_of_the_real_folder_at_every_sync_holds_what_was_durable_by_then()
    {
        using ScratchFolder folder = new();
        int copies = 0;
        long durable = 0;
        InterposedDisk disk = new(Path.Combine(folder.Path, "spool"))
        {
            Before = (operation, _) =>
            {
                if (operation is DiskOperation.Sync or DiskOperation.SyncFolder or DiskOperation.Delete)
                {
                    VerifyCopy(folder, ++copies, durable);
                }
            },
        };
        using SpoolStore store = SpoolStore.Open(disk, Narrow);
        store.Mend();
        for (long sequence = 1; sequence <= 400; sequence++)
        {
            Priority priority = sequence % 20 == 0 ? Priority.Urgent : Priority.Ordinary;
            store.MakeRoom(priority == Priority.Ordinary ? 432 : 0, priority == Priority.Urgent ? 432 : 0);
            store.Append(new SpooledRecord(sequence, DateTimeOffset.UnixEpoch, priority, new byte[400]));
            if (sequence % 5 == 0)
            {
                store.Sync();
                durable = sequence;
                store.Acknowledge(store.Epoch, sequence / 2);
                store.SaveCursor();
            }
        }

        copies.ShouldBeGreaterThan(200);
    }

    private static void Run(SpoolModel model, int steps)
    {
        using (model)
        {
            model.RunWithFaults(steps);
        }
    }

    private static void VerifyCopy(ScratchFolder folder, int number, long durable)
    {
        string copy = Directory.CreateDirectory(Path.Combine(folder.Path, $"copy-{number}")).FullName;
        foreach (string file in Directory.GetFiles(Path.Combine(folder.Path, "spool")))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        using (SpoolStore store = SpoolStore.Open(new SpoolDisk(copy), Narrow))
        {
            store.Mend();
            store.DamagedBytes.ShouldBe(0);
            store.Last.ShouldBeGreaterThanOrEqualTo(durable);
            List<SpooledRecord> records = [];
            store.Read(store.Epoch, 0, int.MaxValue, records);
            HashSet<long> held = [.. records.Select(record => record.Sequence)];
            for (long urgent = 20; urgent <= durable; urgent += 20)
            {
                held.ShouldContain(urgent, $"copy {number}");
            }
        }

        Directory.Delete(copy, recursive: true);
    }
}
