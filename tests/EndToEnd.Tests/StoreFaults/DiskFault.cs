using HaiSoft.Testing.Disks;

namespace HaiSoft.EndToEnd.Tests.StoreFaults;

/// <summary>What is wrong with a disk.</summary>
/// <param name="Name">As the issue calls it.</param>
/// <param name="Journal">Whether its file system has a journal.</param>
/// <param name="Begin">Makes it so.</param>
/// <param name="End">Mends it; what stays read-only needs an administrator.</param>
internal sealed record DiskFault(string Name, bool Journal, Action<FaultyDisk> Begin, Action<FaultyDisk> End)
{
    public const string Full = "disk full";
    public const string Errors = "I/O errors";
    public const string ReadOnly = "read-only after an I/O error";

    /// <summary>The file system must be mounted again once it is mended.</summary>
    public bool NeedsAdministrator => Name == ReadOnly;

    public static DiskFault Named(string name) => name switch
    {
        Full => new(name, Journal: true, disk => disk.Fill(), disk => disk.Free()),
        Errors => new(name, Journal: false, disk => disk.Break(), disk => disk.Mend()),
        ReadOnly => new(name, Journal: true, disk => disk.Break(), disk => disk.Mend()),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
