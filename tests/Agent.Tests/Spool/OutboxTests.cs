using HaiSoft.Agent.Spool;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Spool;

/// <summary>The outbox as sensors and the session see it.</summary>
public sealed class OutboxTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_submitted_is_durable_soon_and_read_in_order()
    {
        using OutboxUnderTest agent = new(_folder);
        agent.Observe("one");
        agent.Observe("two", Priority.Urgent);
        await agent.SettleAsync();
        List<SpooledRecord> records = await agent.ReadAsync();
        records.Select(OutboxUnderTest.DetailOf).ShouldBe(["one", "two"]);
        records.Select(record => record.Sequence).ShouldBe([1L, 2L]);
        records[1].Priority.ShouldBe(Priority.Urgent);
    }

    [Fact]
    public async Task Ordinary_records_of_a_fifth_of_a_second_share_one_sync_and_an_urgent_one_waits_for_nothing()
    {
        int syncs = 0;
        using OutboxUnderTest agent = new(_folder, new SpoolOptions { GroupWithin = TimeSpan.FromSeconds(10) }, (operation, name) =>
        {
            if (operation == DiskOperation.Sync && name.EndsWith(Segment.Extension, StringComparison.Ordinal))
            {
                Interlocked.Increment(ref syncs);
            }
        });
        for (var i = 0; i < 100; i++)
        {
            agent.Observe("ordinary");
        }

        agent.Observe("urgent", Priority.Urgent); // does not wait for the ten seconds of the group
        await agent.SettleAsync();
        (await agent.ReadAsync()).Count.ShouldBe(101);
        syncs.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task What_was_submitted_before_the_end_is_there_after_a_restart_and_may_be_sent_again()
    {
        string epoch;
        using (OutboxUnderTest agent = new(_folder))
        {
            epoch = agent.Outbox.Epoch;
            agent.Observe("kept");
        }

        using OutboxUnderTest again = new(_folder);
        again.Outbox.Epoch.ShouldBe(epoch);
        again.Outbox.Resume(epoch, 0).ShouldBeTrue();
        (await again.DetailsAsync()).ShouldBe(["kept"]);
    }

    [Fact]
    public async Task Another_epochs_acknowledgement_is_none()
    {
        using OutboxUnderTest agent = new(_folder);
        agent.Observe("one", Priority.Urgent);
        await agent.SettleAsync();
        agent.Outbox.Acknowledge("0123456789abcdef", 1);
        agent.Outbox.Position.Acknowledged.ShouldBe(0);
        agent.Outbox.Acknowledge(agent.Outbox.Epoch, 1);
        agent.Outbox.Position.Acknowledged.ShouldBe(1);
    }

    [Fact]
    public async Task A_controller_that_holds_less_than_it_acknowledged_gets_it_again()
    {
        using OutboxUnderTest agent = new(_folder);
        agent.Observe("one");
        agent.Observe("two");
        await agent.SettleAsync();
        (await agent.DetailsAsync()).ShouldBe(["one", "two"]);
        agent.Outbox.Acknowledge(agent.Outbox.Epoch, 2);
        agent.Outbox.Resume(agent.Outbox.Epoch, 1).ShouldBeTrue();
        agent.Outbox.Position.Acknowledged.ShouldBe(1);
        (await agent.DetailsAsync(after: 1)).ShouldBe(["two"]);
    }

    [Fact]
    public async Task A_spool_put_back_from_a_copy_begins_an_epoch_with_what_is_new_and_nothing_of_the_copy()
    {
        string epoch;
        using (OutboxUnderTest agent = new(_folder))
        {
            epoch = agent.Outbox.Epoch;
            agent.Observe("in the copy 1");
            agent.Observe("in the copy 2");
        }

        using OutboxUnderTest again = new(_folder);
        again.Observe("new");
        await again.SettleAsync();
        long last = again.Outbox.Position.LastWritten;
        again.Outbox.Resume(epoch, last).ShouldBeFalse("it was never sent from here, though there is a record of that number");
        await Eventually.HoldsAsync(() => again.Outbox.Epoch != epoch, "a new epoch");
        again.Outbox.Resume(again.Outbox.Epoch, 0).ShouldBeTrue();
        List<SpooledRecord> records = await again.ReadAsync();
        records.Select(OutboxUnderTest.DetailOf).ShouldBe(["new"]);
        records[0].Sequence.ShouldBe(1);
    }

    [Fact]
    public async Task A_spool_that_another_machine_has_a_copy_of_parts_from_it_with_what_was_not_acknowledged()
    {
        using OutboxUnderTest agent = new(_folder);
        string epoch = agent.Outbox.Epoch;
        agent.Observe("acknowledged");
        agent.Observe("sent");
        await agent.SettleAsync();
        List<SpooledRecord> sent = await agent.ReadAsync();
        agent.Outbox.Acknowledge(epoch, sent[0].Sequence);

        agent.Outbox.Part(epoch);
        agent.Observe("after");

        await Eventually.HoldsAsync(() => agent.Outbox.Epoch != epoch, "a new epoch");
        await agent.SettleAsync();
        List<SpooledRecord> records = await agent.ReadAsync();
        records.Select(OutboxUnderTest.DetailOf).ShouldBe(["sent", "after"]);
        records[0].Sequence.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_submitted_while_an_epoch_began_follows_in_its_order()
    {
        using OutboxUnderTest agent = new(_folder);
        string epoch = agent.Outbox.Epoch;
        agent.Observe("first");
        await agent.SettleAsync();
        agent.Outbox.Resume(epoch, 1000).ShouldBeFalse();
        for (var i = 0; i < 20; i++)
        {
            agent.Observe($"{i}", i % 3 == 0 ? Priority.Urgent : Priority.Ordinary);
        }

        await Eventually.HoldsAsync(() => agent.Outbox.Epoch != epoch, "a new epoch");
        await agent.SettleAsync();
        List<SpooledRecord> records = await agent.ReadAsync();
        records.Select(OutboxUnderTest.DetailOf).ShouldBe(["first", .. Enumerable.Range(0, 20).Select(i => $"{i}")]);
        (await agent.Outbox.ReadAsync(agent.Outbox.Epoch, 0, 1_000_000, CancellationToken.None))
            .Select(record => record.Sequence).ShouldBe(SpoolFolder.Range(1, 22), "one is the spool's own");
    }

    [Fact]
    public async Task A_record_that_is_too_large_leaves_a_hole_that_is_told()
    {
        using OutboxUnderTest agent = new(_folder);
        agent.Observe("before");
        agent.ObserveTooMuch();
        agent.Observe("after", Priority.Urgent);
        await agent.SettleAsync();
        // On a busy machine the spool tells of itself between any two of them.
        long[] all = [.. (await agent.Outbox.ReadAsync(agent.Outbox.Epoch, 0, 100_000, CancellationToken.None)).Select(record => record.Sequence)];
        all.ShouldBe(all.Order());
        long hole = Enumerable.Range(1, all.Length + 1).Select(sequence => (long)sequence).Except(all).ShouldHaveSingleItem();
        hole.ShouldBeInRange(2, all.Length);
        (await agent.DetailsAsync()).ShouldBe(["before", "after"]);
    }

    [Fact]
    public void Memory_is_bounded_and_ordinary_records_go_first()
    {
        PendingRecords pending = new(maximumBytes: 1000);
        for (var i = 1; i <= 30; i++)
        {
            pending.Add(new SpooledRecord(i, default, i % 10 == 0 ? Priority.Urgent : Priority.Ordinary, new byte[100]));
        }

        pending.Bytes.ShouldBeLessThanOrEqualTo(1000);
        pending.ToArray().Select(record => record.Sequence).ShouldBe([10L, 20L, 23, 24, 25, 26, 27, 28, 29, 30]);
    }
}
