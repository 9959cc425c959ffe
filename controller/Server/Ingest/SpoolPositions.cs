namespace HaiSoft.Controller.Ingest;

/// <summary>The positions of the spools whose streams are open: held and let go of by the writer alone.</summary>
internal sealed class SpoolPositions
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string ServerId, string Epoch), SpoolPosition> _held = [];

    /// <summary>The position of a spool; give it back with <see cref="Release"/>.</summary>
    public SpoolPosition Hold(string serverId, string epoch)
    {
        lock (_gate)
        {
            if (!_held.TryGetValue((serverId, epoch), out SpoolPosition? position))
                _held.Add((serverId, epoch), position = new(serverId, epoch));
            position.Holders++;
            return position;
        }
    }

    /// <summary>A stream needs it no more.</summary>
    public void Release(SpoolPosition position)
    {
        lock (_gate)
        {
            if (--position.Holders == 0)
                _held.Remove((position.ServerId, position.Epoch));
        }
    }

    /// <summary>Whether a stream needs the position of a spool: within the write gate, since none begins to meanwhile.</summary>
    public bool IsHeld(string serverId, string epoch)
    {
        lock (_gate)
            return _held.ContainsKey((serverId, epoch));
    }
}
