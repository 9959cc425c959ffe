using HaiSoft.Agent.Spool;

namespace HaiSoft.Agent.Tests.Spool;

/// <summary>What a disk is asked for.</summary>
internal enum DiskOperation
{
    List,
    Length,
    Read,
    Create,
    Write,
    Cut,
    Sync,
    Rename,
    Delete,
    SyncFolder,
}

/// <summary>The real disk, with a test before each operation: it may look, fail, or hold the operation up.</summary>
internal sealed class InterposedDisk(string folder) : ISpoolDisk
{
    private readonly SpoolDisk _disk = new(folder);

    /// <summary>Called before each operation with its file's name.</summary>
    public Action<DiskOperation, string> Before { get; set; } = (_, _) => { };

    /// <summary>Called before each reading with its file's name, offset and length.</summary>
    public Action<string, long, int> BeforeRead { get; set; } = (_, _, _) => { };

    public void Prepare() => _disk.Prepare();

    public IReadOnlyList<string> List()
    {
        Before(DiskOperation.List, "");
        return _disk.List();
    }

    public long LengthOf(string name)
    {
        Before(DiskOperation.Length, name);
        return _disk.LengthOf(name);
    }

    public int Read(string name, Span<byte> into, long offset)
    {
        Before(DiskOperation.Read, name);
        BeforeRead(name, offset, into.Length);
        return _disk.Read(name, into, offset);
    }

    public void Create(string name)
    {
        Before(DiskOperation.Create, name);
        _disk.Create(name);
    }

    public void Write(string name, ReadOnlySpan<byte> bytes, long offset)
    {
        Before(DiskOperation.Write, name);
        _disk.Write(name, bytes, offset);
    }

    public void Cut(string name, long length)
    {
        Before(DiskOperation.Cut, name);
        _disk.Cut(name, length);
    }

    public void Sync(string name)
    {
        Before(DiskOperation.Sync, name);
        _disk.Sync(name);
    }

    public void Rename(string name, string newName)
    {
        Before(DiskOperation.Rename, name);
        _disk.Rename(name, newName);
    }

    public void Delete(string name)
    {
        Before(DiskOperation.Delete, name);
        _disk.Delete(name);
    }

    public void SyncFolder()
    {
        Before(DiskOperation.SyncFolder, "");
        _disk.SyncFolder();
    }

    public void Dispose() => _disk.Dispose();
}
