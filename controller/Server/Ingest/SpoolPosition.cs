using Google.Protobuf;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// How far one spool of a server's agent is durable, as the writer knows it: read once, then kept. Touched by the writer alone. What the
/// database says decides: an advance counts only from where the database is.
/// </summary>
internal sealed class SpoolPosition(string serverId, string epoch)
{
    private long? _durable;
    private long? _staged;
    private bool? _hasUrgent;

    public string ServerId { get; } = serverId;

    public string Epoch { get; } = epoch;

    /// <summary>Streams that hold it.</summary>
    public int Holders { get; set; }

    /// <summary>The highest sequence taken, the transaction of the moment included; absent when the epoch was never seen.</summary>
    public long? Last(WriteSession session) => _staged ??= _durable ??= SpoolTable.LastDurable(session, ServerId, Epoch);

    /// <summary>An epoch that was never seen begins.</summary>
    public void Begin(WriteSession session)
    {
        SpoolTable.Begin(session, ServerId, Epoch);
        _staged = 0;
    }

    /// <summary>Takes everything up to this sequence.</summary>
    /// <exception cref="InvalidOperationException">The database is elsewhere: it was put back, or somebody else writes.</exception>
    public void Advance(WriteSession session, long sequence)
    {
        long from = Last(session) ?? throw new InvalidOperationException($"The spool {Epoch} of server {ServerId} has no place in the database.");
        if (!SpoolTable.Advance(session, ServerId, Epoch, from, sequence))
            throw new InvalidOperationException($"The spool {Epoch} of server {ServerId} is not where it was left ({from}) in the database.");
        _staged = sequence;
    }

    /// <summary>Notes an urgent report.</summary>
    /// <returns>False when it was noted before.</returns>
    public bool NoteUrgent(WriteSession session, ByteString reportId)
    {
        _hasUrgent = true;
        return SpoolTable.NoteUrgent(session, ServerId, reportId.ToByteArray());
    }

    /// <summary>Whether a report came before as an urgent one. Servers without such reports, nearly all, are not asked for.</summary>
    public bool WasUrgent(WriteSession session, ByteString reportId) =>
        (_hasUrgent ??= SpoolTable.HasUrgent(session, ServerId)) && SpoolTable.WasUrgent(session, ServerId, reportId.ToByteArray());

    /// <summary>The transaction is durable.</summary>
    public void Keep() => _durable = _staged;

    /// <summary>The transaction is undone: the database is asked again.</summary>
    public void Forget() => (_durable, _staged, _hasUrgent) = (null, null, null);
}
