using HaiSoft.Testing.Disks;

namespace HaiSoft.EndToEnd.Tests.StoreFaults;

/// <summary>What is wrong with a disk.</summary>
/// <param name="Name">As the issue calls it.</param>
/// <param name="AfterError">What its file system does then.</param>
/// <param name="BeginAsync">Makes it so.</param>
/// <param name="End">Mends it; what stays read-only needs an administrator.</param>
internal sealed record DiskFault(string Name, AfterError AfterError, Func<FaultyDisk, CancellationToken, Task> BeginAsync, Action<FaultyDisk> End)
{
    public const string Full = "disk full";
    public const string Errors = "I/O errors";
    public const string ReadOnly = "read-only after an I/O error";

    /// <summary>The file system must be mounted again once it is mended.</summary>
    public bool NeedsAdministrator => Name == ReadOnly;

    public static DiskFault Named(string name) => name switch
    {
        Full => new(name, AfterError.ReadOnly, (disk, _) => Task.Run(disk.Fill, CancellationToken.None), disk => disk.Free()),
        Errors => new(name, AfterError.GoesOn, (disk, cancel) => disk.BreakAsync(cancel), disk => disk.Mend()),
        ReadOnly => new(name, AfterError.ReadOnly, (disk, cancel) => disk.BreakAsync(cancel), disk => disk.Mend()),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
