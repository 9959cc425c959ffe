namespace HaiSoft.Controller.Ingest;

/// <summary>The works of one stream that wait for the writer, in order. Guarded by the queue's lock.</summary>
internal sealed class WorkList
{
    private StreamWork? _first;
    private StreamWork? _last;

    /// <summary>Where the stream stands in the queue.</summary>
    public WorkLane Lane { get; set; }

    public bool IsEmpty => _first is null;

    public void Add(StreamWork work)
    {
        if (_last is null)
            _first = work;
        else
            _last.Next = work;
        _last = work;
    }

    /// <summary>Takes the oldest.</summary>
    public StreamWork Take()
    {
        StreamWork work = _first ?? throw new InvalidOperationException("Nothing waits.");
        _first = work.Next;
        if (_first is null)
            _last = null;
        work.Next = null;
        return work;
    }
}

/// <summary>Where a stream stands in the queue.</summary>
internal enum WorkLane
{
    /// <summary>Nowhere: nothing of it waits.</summary>
    None,

    /// <summary>Among those that wait their turn.</summary>
    Bulk,

    /// <summary>Among those that go first.</summary>
    First,
}
