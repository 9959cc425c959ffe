using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Readings.Observations;
using HaiSoft.Agent.Session.Mapping;
using HaiSoft.Agent.Spool;
using HaiSoft.Testing.Clock;
using HaiSoft.Testing.Files;
using Microsoft.Extensions.Logging.Abstractions;
using AgentPart = HaiSoft.Agent.Readings.Observations.AgentPart;

namespace HaiSoft.Agent.Tests.Spool;

/// <summary>An outbox on a disk that a test interposes itself on; its clock stands still unless the test moves it.</summary>
internal sealed class OutboxUnderTest : IDisposable
{
    private const string TooMuch = "too much";
    private readonly SeriesCatalogue _series;

    public OutboxUnderTest(ScratchFolder folder, SpoolOptions? options = null, Action<DiskOperation, string>? before = null)
    {
        _series = new SeriesCatalogue(folder["series"], spoolIsNew: true);
        Clock = new AgentClock(Time, () => TimeSpan.FromHours(1), "boot");
        Outbox = new Outbox(
            () => new InterposedDisk(Path.Combine(folder.Path, "spool")) { Before = before ?? ((_, _) => { }) },
            options ?? new SpoolOptions(),
            Clock,
            observation => observation is AgentFaultObserved { Detail: TooMuch }
                ? new byte[RecordFormat.MaximumPayload + 1]
                : ReportMapping.Encode(observation, _series),
            NullLogger<Outbox>.Instance);
    }

    public SettableTime Time { get; } = new();

    public AgentClock Clock { get; }

    public Outbox Outbox { get; }

    /// <summary>Done before the outbox ends: lets go what the test holds up.</summary>
    public Action Release { get; init; } = () => { };

    /// <summary>The fault of the spool that stands; <c>null</c> for none.</summary>
    public string? Fault => Outbox.Faults.Standing.GetValueOrDefault(AgentPart.Spool);

    public void Observe(string detail, Priority priority = Priority.Ordinary) =>
        Outbox.Submit(new AgentFaultObserved(Clock.Now(), AgentPart.Helper, Failing: true, detail), priority);

    /// <summary>Hands over more than one record can hold.</summary>
    public void ObserveTooMuch() => Observe(TooMuch);

    /// <summary>Everything after a sequence, without the spool's own tales.</summary>
    public async Task<List<SpooledRecord>> ReadAsync(long after = 0)
    {
        List<SpooledRecord> all = [];
        while (await Outbox.ReadAsync(Outbox.Epoch, after, 100_000, CancellationToken.None) is { Count: > 0 } some)
        {
            all.AddRange(some);
            after = all[^1].Sequence;
        }

        return [.. all.Where(record => DetailOf(record) is not null)];
    }

    /// <summary>What was observed; <c>null</c> for what the spool tells of itself.</summary>
    public static string? DetailOf(SpooledRecord record) =>
        ReportMapping.Decode(record).AgentFault is { Part: not Protocol.Agent.V1.AgentPart.Spool } fault ? fault.Detail : null;

    public async Task<List<string?>> DetailsAsync(long after = 0) => [.. (await ReadAsync(after)).Select(DetailOf)];

    /// <summary>Ends when everything that was submitted is durable.</summary>
    public Task SettleAsync() => Eventually.HoldsAsync(() => Outbox.IsSettled, "everything is durable");

    public void Dispose()
    {
        Release();
        Outbox.Dispose();
        _series.Dispose();
    }
}
