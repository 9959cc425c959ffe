using System.Buffers.Binary;
using HaiSoft.Agent.Spool;
using Shouldly;

namespace HaiSoft.Agent.Tests.Spool;

/// <summary>
/// Drives a spool at random, as the writer does, on a disk that fails and loses its power, and knows what must be in it.
/// Every step and every fault follows from the seed.
/// </summary>
internal sealed class SpoolModel : IDisposable
{
    private readonly Random _random;
    private readonly Random _faults;
    private readonly SpoolOptions _options;
    private readonly bool _dropsOrdinary;
    private readonly string _name;
    private readonly List<Entry> _entries = [];
    private readonly HashSet<int> _durable = [];
    private SimulatedDisk _disk = new();
    private SpoolStore _store = null!;
    private DateTimeOffset _now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private long _given;

    /// <param name="seed">Decides everything.</param>
    /// <param name="options">The spool's bounds.</param>
    /// <param name="dropsOrdinary">The bounds are so narrow that ordinary records go unacknowledged.</param>
    public SpoolModel(int seed, SpoolOptions options, bool dropsOrdinary)
    {
        _random = new Random(seed);
        _faults = new Random(seed + 1);
        _options = options;
        _dropsOrdinary = dropsOrdinary;
        _name = $"seed {seed}";
        Reopen();
    }

    /// <summary>How many operations the disk was asked for since the power came.</summary>
    public int Operations => _disk.Operations;

    public void Dispose()
    {
        _store.Dispose();
        _disk.Dispose();
    }

    /// <summary>Makes so many steps, on a disk that gives trouble in every second of them.</summary>
    public void RunWithFaults(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            int at = _disk.Operations + 1 + _faults.Next(30);
            _disk.Before = _faults.Next(4) switch
            {
                0 => operation => ThrowAt(operation, at, new PowerLostException()),
                1 => operation => ThrowAt(operation, at, new IOException("broken")),
                _ => _ => { }
                ,
            };
            TryStep();
        }
    }

    /// <summary>Makes steps until the power goes at one operation.</summary>
    /// <returns>False when it did not come to that in so many steps.</returns>
    public bool RunUntilPowerLoss(int steps, int operation)
    {
        var lost = false;
        _disk.Before = current =>
        {
            lost |= current == operation;
            ThrowAt(current, operation, new PowerLostException());
        };
        for (var step = 0; step < steps && !lost; step++)
        {
            TryStep();
        }

        return lost;
    }

    private static void ThrowAt(int operation, int at, Exception exception)
    {
        if (operation == at)
        {
            throw exception;
        }
    }

    private static int IdOf(SpooledRecord record) => BinaryPrimitives.ReadInt32LittleEndian(record.Payload.Span);

    private void TryStep()
    {
        try
        {
            Step();
        }
        catch (PowerLostException)
        {
            _disk = _faults.Next(4) == 0 ? _disk.AfterKill() : _disk.AfterPowerLoss(_faults);
            Reopen();
        }
        catch (IOException)
        {
            _store.ForgetUnsynced();
        }

        Verify();
    }

    private void Step()
    {
        _store.Mend();
        switch (_random.Next(20))
        {
            case < 12:
                Write(1 + _random.Next(6));
                break;
            case < 15:
                Acknowledge();
                break;
            case 15:
                _now += TimeSpan.FromHours(_random.Next(60));
                _store.Trim(_now);
                break;
            case 16:
                _store.SaveCursor();
                break;
            case 17:
                BeginEpoch();
                break;
            case 18:
                _store.Probe();
                break;
            default:
                Reopen();
                break;
        }
    }

    private void Write(int count)
    {
        for (var i = 0; i < count; i++)
        {
            SpooledRecord record = Make();
            int bytes = RecordFormat.HeaderLength + record.Payload.Length;
            _store.MakeRoom(record.Priority == Priority.Ordinary ? bytes : 0, record.Priority == Priority.Urgent ? bytes : 0);
            _store.Append(record);
        }

        _store.Sync();
    }

    private SpooledRecord Make()
    {
        Priority priority = _random.Next(5) == 0 ? Priority.Urgent : Priority.Ordinary;
        byte[] payload = new byte[4 + _random.Next(500)];
        _random.NextBytes(payload);
        BinaryPrimitives.WriteInt32LittleEndian(payload, _entries.Count);
        _entries.Add(new Entry(priority, payload));
        _given += _random.Next(10) == 0 ? _random.Next(1, 5) : 1; // now and then records were dropped in memory
        return new SpooledRecord(_given, _now, priority, payload);
    }

    private void Acknowledge()
    {
        List<SpooledRecord> records = Read();
        if (records.Count > 0)
        {
            long through = Math.Max(records[_random.Next(records.Count)].Sequence, _store.Acknowledged);
            _store.Acknowledge(_store.Epoch, through);
            MarkAcknowledged(records);
        }
    }

    private void BeginEpoch()
    {
        MarkAcknowledged(Read());
        while (true)
        {
            try
            {
                _given -= _store.BeginEpoch();
                return;
            }
            catch (IOException)
            {
                _store.ForgetUnsynced(); // and the writer asks again
            }
        }
    }

    private void MarkAcknowledged(List<SpooledRecord> records)
    {
        foreach (SpooledRecord record in records.Where(record => record.Sequence <= _store.Acknowledged))
        {
            _entries[IdOf(record)].IsAcknowledged = true;
        }
    }

    private void Reopen()
    {
        while (true)
        {
            try
            {
                _store = SpoolStore.Open(_disk, _options);
                _store.Mend();
                _given = _store.Last;
                return;
            }
            catch (IOException)
            {
                // The disk failed under way: the writer tries again.
            }
        }
    }

    private List<SpooledRecord> Read()
    {
        List<SpooledRecord> records = [];
        _store.Read(_store.Epoch, 0, int.MaxValue, records);
        return records;
    }

    private void Verify()
    {
        List<SpooledRecord> records = Read();
        List<int> ids = [.. records.Select(IdOf)];
        for (var i = 0; i < records.Count; i++)
        {
            ids[i].ShouldBeLessThan(_entries.Count, $"{_name}: a record that was never written");
            records[i].Payload.Span.SequenceEqual(_entries[ids[i]].Payload).ShouldBeTrue($"{_name}: record {ids[i]} is not what was written");
            records[i].Priority.ShouldBe(_entries[ids[i]].Priority, _name);
            (i == 0 || (ids[i] > ids[i - 1] && records[i].Sequence > records[i - 1].Sequence)).ShouldBeTrue($"{_name}: record {ids[i]} is twice, or out of order");
        }

        foreach (int id in _durable.Except(ids))
        {
            (_entries[id].IsAcknowledged || (_dropsOrdinary && _entries[id].Priority == Priority.Ordinary))
                .ShouldBeTrue($"{_name}: record {id} ({_entries[id].Priority}) was durable, not acknowledged, and is gone");
        }

        _durable.UnionWith(ids);
        (records.Count == 0 || records[^1].Sequence <= _store.Last).ShouldBeTrue($"{_name}: sequences would be given twice");
        _store.Bytes.ShouldBeLessThanOrEqualTo(_options.MaximumBytes, _name);
    }

    private sealed record Entry(Priority Priority, byte[] Payload)
    {
        public bool IsAcknowledged { get; set; }
    }
}
