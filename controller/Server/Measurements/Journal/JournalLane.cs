using System.Numerics;

namespace HaiSoft.Controller.Measurements.Journal;

/// <summary>
/// The journal's lanes. Everything arrives in one, so that a commit adds a row at one place. Behind it each server has its
/// own of 64, so that what a server still has in the journal is found, and made a block of, without reading what all have.
/// </summary>
internal static class JournalLane
{
    /// <summary>Where readings arrive.</summary>
    public const int Arrivals = 0;

    /// <summary>Lanes behind the arrivals. Stored in the keys of rows: never change it.</summary>
    public const int Behind = 64;

    /// <summary>All lanes.</summary>
    public const int Count = Behind + 1;

    // The lane is the upper part of an entry's key: its rows lie together, and are removed from the front.
    private const int Shift = 40;

    /// <summary>The lane that a server's readings are sorted into: 1 to <see cref="Behind"/>.</summary>
    /// <param name="server">The server's id, in UTF-8.</param>
    public static int Of(ReadOnlySpan<byte> server)
    {
        uint sum = 0;
        foreach (byte next in server)
            sum = BitOperations.Crc32C(sum, next);
        return 1 + (int)(sum % Behind);
    }

    /// <summary>The first key of a lane; that of the next lane is the first that is not its own.</summary>
    public static long FirstKey(int lane) => (long)lane << Shift;
}
