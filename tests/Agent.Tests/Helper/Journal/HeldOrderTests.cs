using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Helper.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Clock;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Helper.Journal;

/// <summary>What is written of an order, and what a crash leaves of it.</summary>
public sealed class HeldOrderTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly Company _company = new();
    private readonly SettableTime _time = new(Company.Now);
    private readonly OrderJournal _journal;

    public HeldOrderTests() => _journal = new OrderJournal(_folder["orders"], _time, mostRefused: 2);

    public void Dispose()
    {
        _company.Dispose();
        _folder.Dispose();
    }

    private HeldOrder Add(byte number, params OrderState[] states)
    {
        var id = new byte[16];
        id[15] = number;
        Order content = new() { OrderId = ByteString.CopyFrom(id), ExpiryTime = Company.Now.AddDays(7).ToTimestamp() };
        HeldOrder order = _journal.Add(Convert.ToHexStringLower(id), _company.Order(content));
        foreach (OrderState state in states)
        {
            order.Append(new OrderStep { State = state });
        }

        return order;
    }

    [Fact]
    public void Torn_at_any_byte_it_has_the_entries_before_and_goes_on_behind_them()
    {
        HeldOrder order = Add(1, OrderState.Received, OrderState.Verified, OrderState.Fetched);
        string file = Path.Combine(order.Folder, "entries");
        byte[] whole = File.ReadAllBytes(file);
        List<OrderReport> entries = [.. order.Entries()];
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(file, whole[..length]);
            IReadOnlyList<OrderReport> left = order.Entries();
            left.ShouldBe(entries.Take(left.Count));
            left.Count.ShouldBeLessThan(3);

            order.Append(new OrderStep { State = OrderState.Cancelled });

            order.Entries().Select(entry => entry.Entry).ShouldBe(Enumerable.Range(1, left.Count + 1).Select(number => (long)number));
            order.State().ShouldBe(OrderState.Cancelled);
        }
    }

    [Fact]
    public void A_damaged_byte_ends_it_where_it_lies()
    {
        HeldOrder order = Add(1, OrderState.Received, OrderState.Verified);
        string file = Path.Combine(order.Folder, "entries");
        byte[] whole = File.ReadAllBytes(file);
        for (var place = 0; place < whole.Length; place++)
        {
            byte[] damaged = [.. whole];
            damaged[place] ^= 0x10;
            File.WriteAllBytes(file, damaged);
            order.Entries().Count.ShouldBeLessThan(2);
        }
    }

    [Fact]
    public void It_is_marked_as_started_once()
    {
        HeldOrder order = Add(1, OrderState.Intent);

        Enumerable.Range(0, 8).AsParallel().Count(_ => order.TryMarkStarted()).ShouldBe(1);
        _journal.Find(order.Id)!.TryMarkStarted().ShouldBeFalse();
        order.IsStarted.ShouldBeTrue();
    }

    [Fact]
    public void One_at_a_time_works_on_it()
    {
        HeldOrder order = Add(1, OrderState.Intent);
        using (order.TryLock())
        {
            _journal.Find(order.Id)!.TryLock().ShouldBeNull();
        }

        using FileStream? again = order.TryLock();
        again.ShouldNotBeNull();
    }

    [Fact]
    public void Of_what_is_printed_256_KiB_are_kept_in_pieces_of_whole_characters()
    {
        HeldOrder order = Add(1, OrderState.Running);
        string printed = string.Concat(Enumerable.Repeat("aé€🙂\n", 40_000));
        OutputPieces pieces = order.Output();
        foreach (string part in printed.Chunk(9999).Select(part => new string(part)))
        {
            order.Append(pieces.Add(part));
        }

        order.Append(order.Output().Add("more"));

        List<OrderOutput> kept = [.. order.Entries().Where(entry => entry.Output is not null).Select(entry => entry.Output)];
        kept.Sum(piece => Encoding.UTF8.GetByteCount(piece.Text)).ShouldBeInRange((256 << 10) - 4, 256 << 10);
        kept.ShouldAllBe(piece => Encoding.UTF8.GetByteCount(piece.Text) <= 16 << 10);
        kept.Select(piece => piece.Cut).ShouldBe([.. Enumerable.Repeat(false, kept.Count - 1), true]);
        long offset = 0;
        foreach (OrderOutput piece in kept)
        {
            piece.OffsetBytes.ShouldBe(offset);
            offset += Encoding.UTF8.GetByteCount(piece.Text);
        }
    }

    [Fact]
    public void What_is_known_is_not_told_again()
    {
        HeldOrder first = Add(1, OrderState.Received, OrderState.Refused);
        HeldOrder second = Add(2, OrderState.Received, OrderState.Verified);
        ByteString id = ByteString.CopyFrom(Convert.FromHexString(second.Id));

        JournalAnswer answer = _journal.Tell([new JournalPlace { OrderId = id, Entry = 1 }]);

        answer.Entries.ShouldBe([.. first.Entries(), second.Entries()[1]]);
        answer.Working.ShouldBeTrue();
        answer.More.ShouldBeFalse();
        answer.HeldOrderIds.Count.ShouldBe(2);
    }

    [Fact]
    public void Ids_are_held_for_thirty_days_and_of_refused_ones_the_newest()
    {
        Add(1, OrderState.Received, OrderState.Succeeded);
        foreach (byte number in (byte[])[2, 3, 4])
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Add(number, OrderState.Received, OrderState.Refused);
        }

        _journal.Prune();
        _journal.All().Select(order => order.Id[^1]).ShouldBe(['1', '3', '4']);
        _time.Advance(TimeSpan.FromDays(29));
        _journal.Prune();
        _journal.All().Count.ShouldBe(3);
        _time.Advance(TimeSpan.FromDays(2));
        Add(5, OrderState.Received);
        _journal.Prune();
        _journal.All().Select(order => order.Id[^1]).ShouldBe(['5']);
    }
}
