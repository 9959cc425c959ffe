namespace HaiSoft.Agent.Spool;

/// <summary>
/// The segments that the spool holds, oldest first. The writer's thread changes it; others read from it meanwhile, and are
/// waited for before a file that they may be reading goes away.
/// </summary>
internal sealed class SegmentList
{
    private readonly Lock _gate = new();
    private readonly Lock _files = new();
    private readonly List<Segment> _segments;

    public SegmentList(IEnumerable<Segment> segments) => _segments = [.. segments];

    /// <summary>As they are now; read from any thread.</summary>
    public Segment[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _segments];
        }
    }

    public int Count => _segments.Count;

    public Segment this[int index] => _segments[index];

    /// <summary>The one that is written to; <c>null</c> when there is none.</summary>
    public Segment? Newest => _segments.Count > 0 ? _segments[^1] : null;

    public void Add(Segment segment)
    {
        lock (_gate)
        {
            _segments.Add(segment);
        }
    }

    /// <summary>Takes one out, and removes its file by <paramref name="remove"/>.</summary>
    public void Remove(int index, Action<Segment> remove)
    {
        lock (_files)
        {
            Segment segment = _segments[index];
            remove(segment);
            lock (_gate)
            {
                _segments.RemoveAt(index);
            }
        }
    }

    /// <summary>Puts another one in its place, which <paramref name="replace"/> makes; takes it out when that makes none.</summary>
    public void Replace(int index, Func<Segment, Segment?> replace)
    {
        lock (_files)
        {
            Segment? replacement = replace(_segments[index]);
            lock (_gate)
            {
                if (replacement is null)
                {
                    _segments.RemoveAt(index);
                }
                else
                {
                    _segments[index] = replacement;
                }
            }
        }
    }

    /// <summary>Takes all out; their files stay. Nobody reads meanwhile.</summary>
    public Segment[] Clear(Action meanwhile)
    {
        lock (_files)
        {
            meanwhile();
            lock (_gate)
            {
                Segment[] all = [.. _segments];
                _segments.Clear();
                return all;
            }
        }
    }

    /// <summary>Reads; no file goes away meanwhile.</summary>
    public void Read(Action<Segment[]> read)
    {
        lock (_files)
        {
            read(Snapshot());
        }
    }
}
