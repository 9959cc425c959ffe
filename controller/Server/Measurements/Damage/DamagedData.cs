using System.Collections.Concurrent;
using Dapper;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Measurements.Damage;

/// <summary>
/// Stored bytes that cannot be read are told once, set aside for whoever wants to look at them, and stand in nobody's way from
/// then on.
/// </summary>
internal sealed partial class DamagedData(ILogger<DamagedData> logger)
{
    private const string Insert = """
        INSERT INTO measurement_damage (damage_id, found_time, server_id, part, reason, data)
        VALUES (@id, @foundTime, @serverId, @part, @reason, @data)
        """;

    private const int MostWaiting = 1000;

    private readonly ConcurrentQueue<DamagedPiece> _found = [];

    /// <summary>Pieces set aside since the controller started.</summary>
    public long Count { get; private set; }

    /// <summary>Tells of a piece that was met.</summary>
    public void Tell(DamagedPiece piece) =>
        Log.Found(logger, piece.Part, piece.ServerId ?? "several servers", piece.Data.Length, piece.Reason);

    /// <summary>Tells of a piece that was met, and has it set aside.</summary>
    public void Report(DamagedPiece piece)
    {
        Tell(piece);
        if (_found.Count < MostWaiting)
            _found.Enqueue(piece);
    }

    /// <summary>Takes what was reported.</summary>
    public bool TryTake(out DamagedPiece piece) => _found.TryDequeue(out piece!);

    /// <summary>Keeps a piece; whoever calls has removed it from its place.</summary>
    public Task KeepAsync(WriteSession session, DamagedPiece piece, CancellationToken cancellationToken)
    {
        session.AfterCommit(() => Count++);
        return session.Connection.ExecuteAsync(new CommandDefinition(
            Insert,
            new
            {
                id = NewId.At(session.Now),
                foundTime = session.Now.ToUnixMicroseconds(),
                serverId = piece.ServerId,
                part = (int)piece.Part,
                reason = piece.Reason,
                data = piece.Data,
            },
            session.Transaction,
            cancellationToken: cancellationToken));
    }

    private static partial class Log
    {
        [LoggerMessage(1601, LogLevel.Error, "Measurements: {Part} of {ServerId} ({Bytes} bytes) cannot be read and is set aside in measurement_damage: {Reason} The database's disk may be failing: check it, and restore a backup if more follows")]
        public static partial void Found(ILogger logger, DamagedPart part, string serverId, int bytes, string reason);
    }
}
