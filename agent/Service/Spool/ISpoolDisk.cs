namespace HaiSoft.Agent.Spool;

/// <summary>
/// The disk as the spool uses it: files of one folder, by name. Each call may fail with <see cref="IOException"/> (full,
/// read-only, broken) or not return for hours. What was written is certain only after <see cref="Sync"/>, and which files
/// there are only after <see cref="SyncFolder"/>. A boundary of the system: tests put one in its place that fails, hangs or
/// loses its power.
/// </summary>
internal interface ISpoolDisk : IDisposable
{
    /// <summary>Makes the folder, for its owner alone, where it is missing.</summary>
    void Prepare();

    /// <summary>The names of all files.</summary>
    IReadOnlyList<string> List();

    /// <summary>Bytes of a file.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    long LengthOf(string name);

    /// <summary>Reads at a place; from any thread.</summary>
    /// <returns>Bytes read; fewer than wanted only at the end.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    int Read(string name, Span<byte> into, long offset);

    /// <summary>Makes an empty file, for its owner alone, in place of one of that name.</summary>
    void Create(string name);

    /// <summary>Writes at a place.</summary>
    void Write(string name, ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Cuts off what is behind a length.</summary>
    void Cut(string name, long length);

    /// <summary>Makes a file's content durable.</summary>
    void Sync(string name);

    /// <summary>Gives a file another name, in place of one of that name.</summary>
    void Rename(string name, string newName);

    /// <summary>Removes a file; one that is gone is removed.</summary>
    void Delete(string name);

    /// <summary>Makes creations, renames and removals durable.</summary>
    void SyncFolder();
}
