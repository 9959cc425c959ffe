using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Agent.Helper.Files;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Agent.Helper.Journal;

/// <summary>An order that has come, in a folder of its own: its exact bytes, its entries, and whether it was started.</summary>
internal sealed class HeldOrder
{
    private const string EnvelopeFile = "envelope";
    private const string StartMark = "started";
    private const string WorkLock = "lock";
    private const int LongestDetail = 4000;
    private const int LargestText = 16 << 10;

    // UNKNOWN stands before each of the two repairs, and after them for good.
    private const int LastUnknown = 3;

    private readonly TimeProvider _time;
    private readonly EntryFile _entries;
    private readonly Lazy<OpenedEnvelope> _envelope;
    private readonly Lazy<Order> _order;

    public HeldOrder(string folder, TimeProvider time)
    {
        Folder = folder;
        _time = time;
        _entries = new EntryFile(Path.Combine(folder, "entries"));
        _envelope = new(() => OpenedEnvelope.Open(ReadEnvelope()).Accepted);
        _order = new(() => ExactBytes.Read(Order.Parser, _envelope.Value.Payload.Span).Accepted);
    }

    /// <summary>Where all of it lies.</summary>
    public string Folder { get; }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public string Id => Path.GetFileName(Folder);

    /// <summary>What it says. Verified when its entries say so.</summary>
    public Order Content => _order.Value;

    /// <summary>SHA-256 of its exact bytes, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 => _envelope.Value.Sha256;

    /// <summary>It was started, and is never started again.</summary>
    public bool IsStarted => File.Exists(Path.Combine(Folder, StartMark));

    /// <summary>Lays down a new order's folder, which appears whole or not at all.</summary>
    public static HeldOrder Make(string folder, ReadOnlySpan<byte> envelope, TimeProvider time)
    {
        var making = folder + ".making";
        if (Directory.Exists(making))
            Directory.Delete(making, recursive: true);
        DurableFile.PrepareFolder(making);
        DurableFile.Write(Path.Combine(making, EnvelopeFile), envelope);
        FileCalls.SyncFolder(making);
        Directory.Move(making, folder);
        FileCalls.SyncFolder(Path.GetDirectoryName(folder)!);
        return new(folder, time);
    }

    /// <summary>The order's envelope, as it came.</summary>
    public byte[] ReadEnvelope() => File.ReadAllBytes(Path.Combine(Folder, EnvelopeFile));

    /// <summary>Everything that is told of it.</summary>
    public IReadOnlyList<OrderReport> Entries() => _entries.Read();

    /// <summary>Where it is.</summary>
    public OrderState State() => StateOf(Entries());

    /// <summary>The last step of it; null before the first.</summary>
    public OrderStep? LastStep() => LastStepOf(Entries());

    /// <summary>It has ended, and everything that was approved is in place, by inspection; what else went wrong.</summary>
    public bool IsInPlace() => LastStep() is { Outcome: { } outcome, State: OrderState.Succeeded or OrderState.Failed or OrderState.Reconciled }
        && outcome.Packages.All(package => package.Done);

    /// <summary>Nothing follows.</summary>
    public bool HasEnded()
    {
        var entries = Entries();
        return StateOf(entries) switch
        {
            OrderState.Refused or OrderState.Succeeded or OrderState.Failed or OrderState.Reconciled or OrderState.Cancelled => true,
            OrderState.Unknown => UnknownCount(entries) >= LastUnknown,
            _ => false,
        };
    }

    /// <summary>How often it was found in a state that had to be repaired.</summary>
    public int UnknownCount() => UnknownCount(Entries());

    /// <summary>Adds a step, durably.</summary>
    public void Append(OrderStep step)
    {
        step.Detail = step.Detail.Length <= LongestDetail ? step.Detail : step.Detail[..LongestDetail];
        Append(new OrderReport { Step = step }, durably: true);
    }

    /// <summary>Adds how far the operation is.</summary>
    public void Append(OrderProgress progress) => Append(new OrderReport { Progress = progress }, durably: false);

    /// <summary>Adds what the operation printed, as far as it is kept.</summary>
    /// <param name="pieces">See <see cref="OutputPieces"/>.</param>
    public void Append(IEnumerable<OrderOutput> pieces)
    {
        foreach (var piece in pieces)
            Append(new OrderReport { Output = piece }, durably: false);
    }

    /// <summary>Cuts what an operation prints into entries.</summary>
    public OutputPieces Output() => new(Entries().Where(entry => entry.Output is not null).Select(entry => entry.Output), LargestText);

    /// <summary>Marks it as started, durably. True for the one who did; false for everyone else, for ever.</summary>
    public bool TryMarkStarted() => DurableFile.TryMark(Path.Combine(Folder, StartMark));

    /// <summary>The right to work on it and to write its entries after the intent; null while another process has it.</summary>
    public FileStream? TryLock() => FileLock.TryTake(Path.Combine(Folder, WorkLock));

    private void Append(OrderReport entry, bool durably)
    {
        entry.OrderId = ByteString.CopyFrom(Convert.FromHexString(Id));
        entry.Entry = Entries().Count + 1;
        entry.EntryTime = Timestamp.FromDateTimeOffset(_time.GetUtcNow());
        _entries.Append(entry, durably);
        if (entry.Entry == 1)
            FileCalls.SyncFolder(Folder);
    }

    private static OrderState StateOf(IReadOnlyList<OrderReport> entries) => LastStepOf(entries)?.State ?? OrderState.Unspecified;

    private static OrderStep? LastStepOf(IReadOnlyList<OrderReport> entries) => entries.LastOrDefault(entry => entry.Step is not null)?.Step;

    private static int UnknownCount(IReadOnlyList<OrderReport> entries) => entries.Count(entry => entry.Step?.State == OrderState.Unknown);
}
