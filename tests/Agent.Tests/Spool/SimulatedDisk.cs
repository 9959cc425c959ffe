using HaiSoft.Agent.Spool;

namespace HaiSoft.Agent.Tests.Spool;

/// <summary>The power went.</summary>
internal sealed class PowerLostException : Exception;

/// <summary>
/// A disk in memory that keeps what was written apart from what is durable. It fails, or loses its power, before an operation
/// that a test chooses; what is found after that is one of the things that a real one may hold then.
/// </summary>
internal sealed class SimulatedDisk : ISpoolDisk
{
    private readonly List<Action<Dictionary<string, Content>>> _changes = [];
    private Dictionary<string, Content> _durableNames;
    private readonly Dictionary<string, Content> _names;
    private bool _isOff;

    public SimulatedDisk()
        : this([])
    {
    }

    private SimulatedDisk(Dictionary<string, Content> names)
    {
        _names = names;
        _durableNames = new Dictionary<string, Content>(names);
    }

    /// <summary>How many operations were asked for that change something.</summary>
    public int Operations { get; private set; }

    /// <summary>Asked before each operation that changes something; what it throws is the operation's outcome.</summary>
    public Action<int> Before { get; set; } = _ => { };

    public IReadOnlyList<string> List() => [.. _names.Keys.Order(StringComparer.Ordinal)];

    public void Prepare()
    {
    }

    public long LengthOf(string name) => Of(name).Now.Length;

    public int Read(string name, Span<byte> into, long offset)
    {
        ReadOnlySpan<byte> bytes = Of(name).Now;
        int count = (int)Math.Clamp(bytes.Length - offset, 0, into.Length);
        bytes.Slice((int)Math.Min(offset, bytes.Length), count).CopyTo(into);
        return count;
    }

    public void Create(string name)
    {
        Change();
        Content made = new();
        ChangeNames(names => names[name] = made);
    }

    public void Write(string name, ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            Change();
        }
        catch (IOException)
        {
            Of(name).Write(bytes[..(bytes.Length / 2)].ToArray(), (int)offset); // what a full disk takes
            throw;
        }

        Of(name).Write(bytes.ToArray(), (int)offset);
    }

    public void Cut(string name, long length)
    {
        Change();
        Of(name).Cut((int)length);
    }

    public void Sync(string name)
    {
        try
        {
            Change();
        }
        catch (IOException)
        {
            Of(name).LoseUnsynced(); // the kernel tells once, and calls the pages clean
            throw;
        }

        Of(name).Sync();
    }

    public void Rename(string name, string newName)
    {
        Change();
        Of(name);
        ChangeNames(names =>
        {
            if (names.Remove(name, out Content? content))
            {
                names[newName] = content;
            }
        });
    }

    public void Delete(string name)
    {
        Change();
        ChangeNames(names => names.Remove(name));
    }

    public void SyncFolder()
    {
        Change();
        _durableNames = new Dictionary<string, Content>(_names);
        _changes.Clear();
    }

    public void Dispose()
    {
    }

    /// <summary>What is found when only the process ended.</summary>
    public SimulatedDisk AfterKill() => new(_names.ToDictionary(pair => pair.Key, pair => new Content(pair.Value.Now.ToArray())));

    /// <summary>What may be found when the power went.</summary>
    public SimulatedDisk AfterPowerLoss(Random random)
    {
        // The folder's changes become durable in their order, any number of them.
        Dictionary<string, Content> names = new(_durableNames);
        foreach (Action<Dictionary<string, Content>> change in _changes.Take(random.Next(_changes.Count + 1)))
        {
            change(names);
        }

        return new SimulatedDisk(names.ToDictionary(pair => pair.Key, pair => new Content(pair.Value.AfterPowerLoss(random))));
    }

    private void Change()
    {
        if (_isOff)
        {
            throw new PowerLostException();
        }

        try
        {
            Before(++Operations);
        }
        catch (PowerLostException)
        {
            _isOff = true;
            throw;
        }
    }

    private void ChangeNames(Action<Dictionary<string, Content>> change)
    {
        change(_names);
        _changes.Add(change);
    }

    private Content Of(string name) => _names.TryGetValue(name, out Content? content) ? content : throw new FileNotFoundException(name);

    /// <summary>A file's bytes.</summary>
    private sealed class Content(byte[] durable)
    {
        private readonly List<(byte[] Bytes, int Offset)> _writes = [];
        private readonly Growing _durable = new(durable);
        private readonly Growing _now = new(durable);

        public Content()
            : this([])
        {
        }

        public ReadOnlySpan<byte> Now => _now.Bytes;

        public void Write(byte[] bytes, int offset)
        {
            _now.Write(bytes, offset);
            _writes.Add((bytes, offset));
        }

        public void Cut(int length)
        {
            _now.Cut(length);
            _durable.Cut(length);
            _writes.RemoveAll(write => write.Offset >= length);
        }

        public void Sync()
        {
            foreach ((byte[] bytes, int offset) in _writes)
            {
                _durable.Write(bytes, offset);
            }

            _writes.Clear();
        }

        public void LoseUnsynced() => _writes.Clear();

        // Of what was not synced any part may be there, in any order; a slot of 64 bytes is never torn.
        public byte[] AfterPowerLoss(Random random)
        {
            Growing found = new(_durable.Bytes.ToArray());
            foreach ((byte[] bytes, int offset) in _writes)
            {
                int kept = random.Next(3) switch { 0 => 0, 1 => bytes.Length, _ => bytes.Length <= 64 ? 0 : random.Next(bytes.Length) };
                if (kept > 0)
                {
                    found.Write(bytes.AsSpan(0, kept), offset);
                }
            }

            return found.Bytes.ToArray();
        }
    }

    private sealed class Growing(byte[] bytes)
    {
        private byte[] _room = [.. bytes];
        private int _length = bytes.Length;

        public ReadOnlySpan<byte> Bytes => _room.AsSpan(0, _length);

        public void Write(ReadOnlySpan<byte> written, int offset)
        {
            int end = offset + written.Length;
            if (end > _room.Length)
            {
                Array.Resize(ref _room, Math.Max(end, 2 * _room.Length));
            }

            written.CopyTo(_room.AsSpan(offset));
            _length = Math.Max(_length, end);
        }

        public void Cut(int length)
        {
            _length = Math.Min(_length, length);
            _room.AsSpan(_length).Clear();
        }
    }
}
