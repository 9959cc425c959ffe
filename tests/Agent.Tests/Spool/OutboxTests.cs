using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Observations;
using HaiSoft.Agent.Session.Mapping;
using HaiSoft.Agent.Spool;
using HaiSoft.Testing.Files;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Spool;

/// <summary>The outbox as sensors and the session see it, also when the disk does not do its work.</summary>
public sealed class OutboxTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly AgentClock _clock = AgentClock.OfHost(FileRoots.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_submitted_is_durable_soon_and_read_in_order()
    {
        using Outbox outbox = Open();
        Observe(outbox, Priority.Ordinary);
        Observe(outbox, Priority.Urgent);
        await UntilAsync(outbox, () => outbox.Position.LastWritten >= 2);
        List<SpooledRecord> records = [];
        outbox.Read(0, int.MaxValue, records);
        records.Select(record => record.Sequence).Take(2).ShouldBe([1L, 2L]);
        records[1].Priority.ShouldBe(Priority.Urgent);
    }

    [Fact]
    public void What_was_submitted_before_the_end_is_there_after_a_restart()
    {
        using (Outbox outbox = Open())
        {
            Observe(outbox, Priority.Ordinary);
        }

        using Outbox again = Open();
        again.Position.LastWritten.ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_is_a_fault_and_reports_are_served_from_memory()
    {
        // A file stands where the spool's folder should be: also root cannot write there.
        File.WriteAllText(SpoolPath, "");
        using Outbox outbox = Open(new SpoolOptions { RetryAfter = TimeSpan.FromMilliseconds(50) });
        Observe(outbox, Priority.Urgent);
        await UntilAsync(outbox, () => outbox.Faults.Standing.ContainsKey(AgentPart.Spool));
        List<SpooledRecord> records = [];
        outbox.Read(0, int.MaxValue, records);
        records.Count.ShouldBeGreaterThanOrEqualTo(1);

        File.Delete(SpoolPath);
        await UntilAsync(outbox, () => !outbox.Faults.Standing.ContainsKey(AgentPart.Spool));
        outbox.Position.LastWritten.ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task An_urgent_report_that_is_not_durable_in_time_comes_out_by_the_other_way()
    {
        File.WriteAllText(SpoolPath, "");
        using Outbox outbox = Open(new SpoolOptions { RetryAfter = TimeSpan.FromMinutes(1) });
        Observe(outbox, Priority.Urgent);
        await outbox.Stalled.WaitToReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        outbox.Stalled.TryRead(out SpooledRecord? record).ShouldBeTrue();
        record!.Priority.ShouldBe(Priority.Urgent);
        outbox.IsDurable(record).ShouldBeFalse();
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

    [Fact]
    public async Task Another_epochs_acknowledgement_is_none()
    {
        using Outbox outbox = Open();
        Observe(outbox, Priority.Urgent);
        await UntilAsync(outbox, () => outbox.Position.LastWritten >= 1);
        outbox.Acknowledge("0123456789abcdef", 1);
        outbox.Position.Acknowledged.ShouldBe(0);
        outbox.Acknowledge(outbox.Position.Epoch, 1);
        outbox.Position.Acknowledged.ShouldBe(1);
    }

    private string SpoolPath => Path.Combine(_folder.Path, "spool");

    private static async Task UntilAsync(Outbox outbox, Func<bool> condition)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await outbox.WaitForChangeAsync(TimeSpan.FromMilliseconds(100), patience.Token);
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private void Observe(Outbox outbox, Priority priority) =>
        outbox.Submit(new AgentFaultObserved(_clock.Now(), AgentPart.Helper, Failing: true, "observed"), priority);

    private Outbox Open(SpoolOptions? options = null) =>
        new(SpoolPath, options ?? new SpoolOptions(), _clock, ReportMapping.Encode, NullLogger<Outbox>.Instance);
}
