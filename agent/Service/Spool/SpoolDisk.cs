using HaiSoft.Agent.Linux;
using Microsoft.Win32.SafeHandles;

namespace HaiSoft.Agent.Spool;

/// <summary>The machine's disk. The file that is written stays open until another is.</summary>
internal sealed class SpoolDisk(string folder) : ISpoolDisk
{
    private SafeFileHandle? _open;
    private string? _openName;

    public void Prepare() => Directory.CreateDirectory(folder, DurableFile.Private | UnixFileMode.UserExecute);

    public IReadOnlyList<string> List()
    {
        List<string> names = [];
        foreach (string path in Directory.EnumerateFiles(folder))
        {
            names.Add(Path.GetFileName(path));
        }

        return names;
    }

    public long LengthOf(string name)
    {
        using SafeFileHandle handle = File.OpenHandle(PathOf(name));
        return RandomAccess.GetLength(handle);
    }

    public int Read(string name, Span<byte> into, long offset)
    {
        using SafeFileHandle handle = File.OpenHandle(PathOf(name), share: FileShare.ReadWrite | FileShare.Delete);
        var read = 0;
        while (read < into.Length && RandomAccess.Read(handle, into[read..], offset + read) is > 0 and int count)
        {
            read += count;
        }

        return read;
    }

    public void Create(string name)
    {
        Delete(name);
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = DurableFile.Private,
        };
        using FileStream file = new(PathOf(name), options);
        File.SetUnixFileMode(file.SafeFileHandle, DurableFile.Private); // the umask may have taken bits away
    }

    public void Write(string name, ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(Open(name), bytes, offset);

    public void Cut(string name, long length) => RandomAccess.SetLength(Open(name), length);

    public void Sync(string name)
    {
        try
        {
            RandomAccess.FlushToDisk(Open(name));
        }
        catch (IOException)
        {
            Close(); // the kernel tells a failure once to each open file: nothing more is to be learnt from this one
            throw;
        }
    }

    public void Rename(string name, string newName)
    {
        Close();
        File.Move(PathOf(name), PathOf(newName), overwrite: true);
    }

    public void Delete(string name)
    {
        if (name == _openName)
        {
            Close();
        }

        File.Delete(PathOf(name));
    }

    public void SyncFolder() => DurableFile.SyncFolder(folder);

    public void Dispose() => Close();

    private string PathOf(string name) => Path.Combine(folder, name);

    private SafeFileHandle Open(string name)
    {
        if (_open is null || _openName != name)
        {
            Close();
            _open = File.OpenHandle(PathOf(name), FileMode.Open, FileAccess.Write, FileShare.Read | FileShare.Delete);
            _openName = name;
        }

        return _open;
    }

    private void Close()
    {
        _open?.Dispose();
        _open = null;
        _openName = null;
    }
}
