namespace HaiSoft.Controller.Ingest;

/// <summary>The positions of the spools whose streams are open. Touched by the writer alone.</summary>
internal sealed class SpoolPositions
{
    private readonly Dictionary<(string ServerId, string Epoch), SpoolPosition> _held = [];

    /// <summary>The position of a spool; give it back with <see cref="Release"/>.</summary>
    public SpoolPosition Hold(string serverId, string epoch)
    {
        if (!_held.TryGetValue((serverId, epoch), out SpoolPosition? position))
            _held.Add((serverId, epoch), position = new(serverId, epoch));
        position.Holders++;
        return position;
    }

    /// <summary>A stream needs it no more.</summary>
    public void Release(SpoolPosition position)
    {
        if (--position.Holders == 0)
            _held.Remove((position.ServerId, position.Epoch));
    }
}
