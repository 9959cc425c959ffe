namespace HaiSoft.Agent.Session;

/// <summary>
/// Finds the one report that a controller refuses, so that it cannot stop all that follow it: after a refusal reports go
/// one by one, each waiting for the acknowledgement of the one before, and the one that is refused again is left out. It
/// is then told as a gap.
/// </summary>
internal sealed class Caution
{
    private readonly HashSet<long> _leftOut = [];
    private string _epoch = "";
    private long _inFlight;

    /// <summary>Reports go one by one.</summary>
    public bool OneByOne { get; private set; }

    /// <summary>A stream begins.</summary>
    public void Begin(string epoch)
    {
        _inFlight = 0;
        if (epoch != _epoch)
        {
            _epoch = epoch;
            _leftOut.Clear();
        }
    }

    /// <summary>The report of this sequence is not sent any more.</summary>
    public bool LeavesOut(long sequence) => _leftOut.Contains(sequence);

    /// <summary>A report is left out: it cannot be read.</summary>
    public void LeaveOut(long sequence) => _leftOut.Add(sequence);

    /// <summary>A report goes alone.</summary>
    public void Sending(long sequence) => _inFlight = sequence;

    /// <summary>Everything up to a sequence was taken.</summary>
    public void Taken(long sequence)
    {
        if (_inFlight != 0 && sequence >= _inFlight)
        {
            _inFlight = 0;
            OneByOne = false;
        }
    }

    /// <summary>The controller ended the stream because of what was said on it.</summary>
    /// <returns>The sequence of the report that is left out from now on; <c>null</c> while it is not known which it was.</returns>
    public long? Refused()
    {
        long refused = _inFlight;
        if (!OneByOne || refused == 0)
        {
            OneByOne = true;
            return null;
        }

        _leftOut.Add(refused);
        _inFlight = 0;
        return refused;
    }
}
