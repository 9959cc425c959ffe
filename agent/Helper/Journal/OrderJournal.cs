using Google.Protobuf;
using HaiSoft.Agent.Helper.Files;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Helper.V1;

namespace HaiSoft.Agent.Helper.Journal;

/// <summary>
/// All orders that have come. An id is held until its order has expired and for 30 days at least, so that it counts once; of orders that
/// were refused, for which nothing was done, the newest alone.
/// </summary>
/// <param name="folder">For all of them.</param>
/// <param name="time">Their age is judged by it.</param>
/// <param name="mostRefused">How many refused ones are held.</param>
internal sealed class OrderJournal(string folder, TimeProvider time, int mostRefused = 200)
{
    private const int LargestAnswer = 4 << 20;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Every order that is held, the oldest first.</summary>
    public IReadOnlyList<HeldOrder> All() => !Directory.Exists(folder)
        ? []
        : [.. new DirectoryInfo(folder).GetDirectories().Where(order => IsId(order.Name)).OrderBy(FirstEntry).ThenBy(order => order.Name, StringComparer.Ordinal)
            .Select(order => new HeldOrder(order.FullName, time))];

    /// <summary>The order with this id; null when none is held.</summary>
    public HeldOrder? Find(string id) => IsId(id) && Directory.Exists(Path.Combine(folder, id)) ? new(Path.Combine(folder, id), time) : null;

    /// <summary>Holds a new order from now on.</summary>
    public HeldOrder Add(string id, ReadOnlySpan<byte> envelope)
    {
        DurableFile.PrepareFolder(folder);
        return HeldOrder.Make(Path.Combine(folder, id), envelope, time);
    }

    /// <summary>What is new in it.</summary>
    public JournalAnswer Tell(IEnumerable<JournalPlace> known)
    {
        var places = known.GroupBy(place => place.OrderId).ToDictionary(group => group.Key, group => group.Max(place => place.Entry));
        var answer = new JournalAnswer();
        var room = LargestAnswer;
        foreach (var order in All())
        {
            var id = ByteString.CopyFrom(Convert.FromHexString(order.Id));
            answer.HeldOrderIds.Add(id);
            answer.Working |= !order.HasEnded();
            foreach (var entry in order.Entries().Skip((int)Math.Clamp(places.GetValueOrDefault(id), 0, int.MaxValue)))
            {
                room -= entry.CalculateSize() + 8;
                answer.More |= room < 0;
                if (room >= 0)
                    answer.Entries.Add(entry);
            }
        }

        return answer;
    }

    /// <summary>Removes what need not be held any more, and what a crash left unfinished.</summary>
    public void Prune()
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var unfinished in Directory.GetDirectories(folder, "*.making"))
            Directory.Delete(unfinished, recursive: true);
        var ended = All().Where(order => order.HasEnded()).ToList();
        var refused = ended.Where(order => order.State() == OrderState.Refused).ToList();
        foreach (var order in ended.Where(IsOver).Concat(refused.SkipLast(mostRefused)).DistinctBy(order => order.Id))
            Directory.Delete(order.Folder, recursive: true);
    }

    private bool IsOver(HeldOrder order)
    {
        var entries = order.Entries();
        var last = entries.Count == 0 ? DateTimeOffset.MinValue : entries[^1].EntryTime.ToDateTimeOffset();
        var expiry = order.Content.ExpiryTime?.ToDateTimeOffset() ?? DateTimeOffset.MinValue;
        return time.GetUtcNow() - last > Kept && time.GetUtcNow() > expiry;
    }

    private DateTimeOffset FirstEntry(DirectoryInfo order) =>
        new HeldOrder(order.FullName, time).Entries() is [var first, ..] ? first.EntryTime.ToDateTimeOffset() : DateTimeOffset.MaxValue;

    private static bool IsId(string name) => name.Length == 32 && name.All(char.IsAsciiHexDigitLower);
}
