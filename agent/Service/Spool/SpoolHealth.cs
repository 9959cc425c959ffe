using HaiSoft.Agent.Readings.Observations;

namespace HaiSoft.Agent.Spool;

/// <summary>
/// When trouble with the spool's disk is a fault, and when it is over. A disk that refuses is one at once; a slow one only when
/// a write stays under way or several were slow within a minute: on a busy machine one slow fsync means nothing. It is over
/// with a good write after some time without trouble.
/// </summary>
internal sealed class SpoolHealth : IDisposable
{
    private readonly SpoolOptions _options;
    private readonly TimeProvider _time;
    private readonly AgentFaults _faults;
    private readonly Action _hangs;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly Queue<long> _stalls = new();
    private long _begun;
    private bool _isWriting;
    private bool _stallCounted;
    private long? _lastTrouble;
    private volatile bool _isHanging;

    /// <param name="options">The bounds.</param>
    /// <param name="time">Monotonic stamps and the timer.</param>
    /// <param name="faults">Told of faults and their end.</param>
    /// <param name="hangs">Called when a write stays under way.</param>
    public SpoolHealth(SpoolOptions options, TimeProvider time, AgentFaults faults, Action hangs)
    {
        _options = options;
        _time = time;
        _faults = faults;
        _hangs = hangs;
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A write is under way for too long.</summary>
    public bool IsHanging => _isHanging;

    /// <summary>A write begins, or a look whether there is something to write.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _begun = _time.GetTimestamp();
            _isWriting = true;
            _stallCounted = false;
        }

        _timer.Change(_options.HangsAfter, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The write ended, and what was written is durable.</summary>
    /// <param name="wrote">False when there was nothing to write, which says nothing of the disk.</param>
    public void End(bool wrote)
    {
        bool isOver;
        lock (_gate)
        {
            bool wasGood = wrote && !_isHanging && _time.GetElapsedTime(_begun) < _options.StalledAfter;
            End();
            isOver = _lastTrouble is not { } trouble ? wrote : wasGood && _time.GetElapsedTime(trouble) >= _options.RecoveredAfter;
            _lastTrouble = isOver ? null : _lastTrouble;
        }

        if (isOver)
        {
            _faults.Clear(AgentPart.Spool);
        }
    }

    /// <summary>The disk refused the write.</summary>
    public void Fail(Exception error)
    {
        lock (_gate)
        {
            End();
            _lastTrouble = _time.GetTimestamp();
        }

        _faults.Raise(AgentPart.Spool, $"The spool cannot be written ({error.Message}): free or repair the file system of the agent's state folder.");
    }

    /// <summary>A record is not durable in time; counts once for each write.</summary>
    public void Stall()
    {
        lock (_gate)
        {
            if (!_isWriting || _stallCounted)
            {
                return;
            }

            _stallCounted = true;
            _stalls.Enqueue(_time.GetTimestamp());
            while (_time.GetElapsedTime(_stalls.Peek()) > _options.StallsWithin)
            {
                _stalls.Dequeue();
            }

            if (_stalls.Count < _options.StallsForFault)
            {
                return;
            }

            _lastTrouble = _time.GetTimestamp();
        }

        _faults.Raise(AgentPart.Spool, "The spool's disk answers late again and again; findings are sent without it. Look at the disk of the agent's state folder.");
    }

    /// <summary>Damaged bytes were found.</summary>
    public void FindDamage(long bytes)
    {
        lock (_gate)
        {
            _lastTrouble = _time.GetTimestamp();
        }

        _faults.Raise(AgentPart.Spool, $"{bytes} damaged bytes of the spool were set aside; look at the disk of the agent's state folder.");
    }

    public void Dispose() => _timer.Dispose();

    private void End()
    {
        _isWriting = false;
        _isHanging = false;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Look()
    {
        lock (_gate)
        {
            TimeSpan left = _options.HangsAfter - _time.GetElapsedTime(_begun);
            if (!_isWriting || left > TimeSpan.Zero)
            {
                return; // another write began meanwhile, with its own look
            }

            _isHanging = true;
            _lastTrouble = _time.GetTimestamp();
        }

        _faults.Raise(AgentPart.Spool, "The spool's disk does not answer; reports are sent without it. Look at the disk of the agent's state folder.");
        _hangs();
    }
}
