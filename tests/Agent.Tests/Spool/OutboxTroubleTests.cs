using HaiSoft.Agent.Spool;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Spool;

/// <summary>A disk that is slow, hangs or refuses holds back no finding, and is one itself when that lasts (DESIGN 3).</summary>
public sealed class OutboxTroubleTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly ManualResetEventSlim _passes = new(true);
    private volatile bool _refuses;
    private volatile bool _canBeRead = true;

    public void Dispose()
    {
        _passes.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task One_slow_sync_sends_the_finding_without_the_spool_and_is_no_fault()
    {
        using OutboxUnderTest agent = Open();
        await StartAsync(agent);
        _passes.Reset();
        agent.Observe("finding", Priority.Urgent);
        SpooledRecord record = await StalledAsync(agent);
        OutboxUnderTest.DetailOf(record).ShouldBe("finding");
        agent.Outbox.IsDurable(record).ShouldBeFalse();
        agent.Time.Advance(TimeSpan.FromSeconds(4));
        agent.Fault.ShouldBeNull();
        _passes.Set();
        await agent.SettleAsync();
        agent.Outbox.IsDurable(record).ShouldBeTrue();
        agent.Fault.ShouldBeNull();
    }

    [Fact]
    public async Task A_write_under_way_for_five_seconds_is_a_fault_and_memory_serves_until_it_ends()
    {
        using OutboxUnderTest agent = Open();
        await StartAsync(agent);
        _passes.Reset();
        agent.Observe("ordinary");
        await agent.Time.TimersArmedAsync(1, TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(() => Advance(agent, 1) && agent.Fault is not null, "a fault");
        agent.Fault!.ShouldContain("does not answer");
        agent.Observe("meanwhile", Priority.Urgent);
        (await agent.DetailsAsync(after: 1)).ShouldBe(["ordinary", "meanwhile"]);

        _passes.Set();
        await agent.SettleAsync();
        agent.Fault.ShouldNotBeNull("the trouble is fresh");
        agent.Time.Advance(TimeSpan.FromSeconds(31));
        agent.Observe("later");
        await Eventually.HoldsAsync(() => agent.Fault is null, "the fault's end");
    }

    [Fact]
    public async Task A_third_slow_sync_within_a_minute_is_a_fault_and_two_are_none()
    {
        using OutboxUnderTest agent = Open();
        await StartAsync(agent);
        for (var stall = 1; stall <= 3; stall++)
        {
            agent.Fault.ShouldBeNull();
            _passes.Reset();
            agent.Observe($"finding {stall}", Priority.Urgent);
            await StalledAsync(agent);
            if (stall < 3)
            {
                _passes.Set();
                await agent.SettleAsync();
                agent.Time.Advance(TimeSpan.FromSeconds(20));
            }
        }

        agent.Fault.ShouldNotBeNull().ShouldContain("late again and again");
        _passes.Set();
        await agent.SettleAsync();
    }

    [Fact]
    public async Task Slow_syncs_that_are_minutes_apart_are_no_fault()
    {
        using OutboxUnderTest agent = Open();
        await StartAsync(agent);
        for (var stall = 1; stall <= 5; stall++)
        {
            _passes.Reset();
            agent.Observe($"finding {stall}", Priority.Urgent);
            await StalledAsync(agent);
            _passes.Set();
            await agent.SettleAsync();
            agent.Time.Advance(TimeSpan.FromSeconds(40));
        }

        agent.Fault.ShouldBeNull();
    }

    [Fact]
    public async Task A_reading_that_hangs_holds_up_nobody()
    {
        using OutboxUnderTest agent = Open();
        await StartAsync(agent);
        _canBeRead = false;
        _passes.Reset();
        Task<IReadOnlyList<SpooledRecord>> reading = agent.Outbox.ReadAsync(agent.Outbox.Epoch, 0, 1000, CancellationToken.None);
        await Eventually.HoldsAsync(() => Advance(agent, 0.1) && reading.IsCompleted, "an answer without records");
        (await reading).ShouldBeEmpty();
        agent.Observe("finding", Priority.Urgent); // its write hangs too
        OutboxUnderTest.DetailOf(await StalledAsync(agent)).ShouldBe("finding");

        _passes.Set();
        _canBeRead = true;
        await agent.SettleAsync();
        await Eventually.HoldsAsync(() => agent.ReadAsync().GetAwaiter().GetResult().Count == 2, "both records");
    }

    [Fact]
    public async Task A_disk_that_refuses_is_a_fault_at_once_memory_serves_and_nothing_is_lost_when_it_recovers()
    {
        SpoolOptions options = new() { RetryAfter = TimeSpan.FromMilliseconds(20) };
        using OutboxUnderTest agent = Open(options);
        await StartAsync(agent);
        _refuses = true;
        agent.Observe("first", Priority.Urgent);
        await Eventually.HoldsAsync(() => agent.Fault is not null, "a fault");
        agent.Fault!.ShouldContain("No space left");
        agent.Observe("second");
        (await agent.DetailsAsync(after: 1)).ShouldBe(["first", "second"]);
        long handedOut = agent.Outbox.Position.LastWritten;

        _refuses = false;
        await agent.SettleAsync();
        agent.Fault.ShouldNotBeNull("it failed a moment ago");
        (await agent.DetailsAsync(after: 1)).ShouldBe(["first", "second"]);
        agent.Outbox.Position.LastWritten.ShouldBeGreaterThanOrEqualTo(handedOut);
        agent.Time.Advance(TimeSpan.FromSeconds(31));
        agent.Observe("third");
        await Eventually.HoldsAsync(() => agent.Fault is null, "the fault's end");
    }

    [Fact]
    public async Task A_disk_that_recovers_after_everything_was_acknowledged_from_memory_is_noticed()
    {
        SpoolOptions options = new() { RetryAfter = TimeSpan.FromMilliseconds(20), RecoveredAfter = TimeSpan.Zero };
        using OutboxUnderTest agent = Open(options);
        await StartAsync(agent);
        _refuses = true;
        agent.Observe("first", Priority.Urgent);
        await Eventually.HoldsAsync(() => agent.Fault is not null, "a fault");
        agent.Outbox.Acknowledge(agent.Outbox.Epoch, agent.Outbox.Position.LastWritten);
        _refuses = false;
        await Eventually.HoldsAsync(() => agent.Fault is null, "the fault's end");
    }

    [Fact]
    public async Task A_spool_that_could_not_be_opened_takes_over_from_memory_without_new_numbers()
    {
        // A file stands where the spool's folder should be: root cannot write there either.
        string path = _folder.Write("spool", "");
        SpoolOptions options = new() { RetryAfter = TimeSpan.FromMilliseconds(20), RecoveredAfter = TimeSpan.Zero };
        using OutboxUnderTest agent = new(_folder, options);
        string epoch = agent.Outbox.Epoch;
        agent.Observe("first", Priority.Urgent);
        await Eventually.HoldsAsync(() => agent.Fault is not null, "a fault");
        long sent = (await agent.ReadAsync())[^1].Sequence;

        File.Delete(path);
        await Eventually.HoldsAsync(() => agent.Fault is null, "the fault's end");
        await agent.SettleAsync();
        agent.Outbox.Epoch.ShouldBe(epoch);
        agent.Outbox.Resume(epoch, sent).ShouldBeTrue();
        agent.Outbox.Position.Acknowledged.ShouldBe(sent);
    }

    [Fact]
    public async Task A_spool_that_is_opened_late_goes_before_what_memory_has_once_that_is_acknowledged()
    {
        string epoch;
        using (OutboxUnderTest agent = new(_folder))
        {
            epoch = agent.Outbox.Epoch;
            agent.Observe("of yesterday");
        }

        _canBeRead = false;
        _refuses = true;
        SpoolOptions options = new() { RetryAfter = TimeSpan.FromMilliseconds(20) };
        using OutboxUnderTest again = Open(options);
        again.Outbox.Epoch.ShouldNotBe(epoch);
        again.Observe("sent from memory", Priority.Urgent);
        again.Observe("never sent");
        long sent = (await again.Outbox.ReadAsync(again.Outbox.Epoch, 0, 1, CancellationToken.None))[^1].Sequence;
        again.Outbox.Acknowledge(again.Outbox.Epoch, sent);
        _canBeRead = true;
        _refuses = false;
        await Eventually.HoldsAsync(() => again.Outbox.Epoch == epoch, "the spool's epoch");
        await again.SettleAsync();
        (await again.DetailsAsync()).Where(detail => detail is "of yesterday" or "never sent").ShouldBe(["of yesterday", "never sent"]);
    }

    private static async Task StartAsync(OutboxUnderTest agent)
    {
        agent.Observe("start");
        await Eventually.HoldsAsync(() => agent.Outbox.Position.LastWritten == 2, "the spool tells that it works");
        await agent.SettleAsync();
    }

    // The urgent record comes out 200 ms after it was submitted; the test's clock moves on until it does.
    private static async Task<SpooledRecord> StalledAsync(OutboxUnderTest agent)
    {
        SpooledRecord? record = null;
        await Eventually.HoldsAsync(() => Advance(agent, 0.1) && agent.Outbox.Stalled.TryRead(out record) && OutboxUnderTest.DetailOf(record) is not null, "a stalled record");
        return record!;
    }

    private static bool Advance(OutboxUnderTest agent, double seconds)
    {
        agent.Time.Advance(TimeSpan.FromSeconds(seconds));
        return true;
    }

    private OutboxUnderTest Open(SpoolOptions? options = null) => new(_folder, options, (operation, name) =>
    {
        if (operation == DiskOperation.Sync || (operation == DiskOperation.Read && !_canBeRead))
        {
            _passes.Wait();
        }

        bool reads = operation is DiskOperation.List or DiskOperation.Read or DiskOperation.Length;
        if (_refuses && (!reads || !_canBeRead))
        {
            throw new IOException("No space left on device", 28);
        }
    })
    {
        Release = _passes.Set,
    };
}
