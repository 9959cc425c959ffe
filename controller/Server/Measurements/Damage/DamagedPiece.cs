namespace HaiSoft.Controller.Measurements.Damage;

/// <summary>What was damaged. Stored by number: never change one, only add.</summary>
internal enum DamagedPart
{
    /// <summary>A row of the journal.</summary>
    Journal = 1,

    /// <summary>A block of readings.</summary>
    Block = 2,

    /// <summary>The roll-up of a day in parts of five minutes.</summary>
    FiveMinutes = 3,

    /// <summary>The roll-up of a day in hours.</summary>
    Hours = 4,

    /// <summary>A server's catalogue of series.</summary>
    Catalogue = 5,
}

/// <summary>Stored bytes that cannot be read.</summary>
/// <param name="ServerId">Whose they are; absent where they are several servers'.</param>
/// <param name="Part">What they were.</param>
/// <param name="Place">The key of a journal's row, the start of a block, the day of a roll-up.</param>
/// <param name="Reason">What does not hold.</param>
/// <param name="Data">The bytes.</param>
internal sealed record DamagedPiece(string? ServerId, DamagedPart Part, long Place, string Reason, byte[] Data);
