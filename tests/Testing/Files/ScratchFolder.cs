namespace HaiSoft.Testing.Files;

/// <summary>An empty folder of the test's own under the system's temporary folder, mode 0700, removed with all it holds on disposal.</summary>
public sealed class ScratchFolder : IDisposable
{
    public ScratchFolder()
    {
        Path = Directory.CreateTempSubdirectory("haisoft-test-").FullName;
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; }

    /// <summary>Absolute path of something inside; its parent folders are made, it itself is not.</summary>
    public string this[params string[] parts]
    {
        get
        {
            var inside = System.IO.Path.Combine([Path, .. parts]);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(inside)!);
            return inside;
        }
    }

    /// <summary>Writes a text file inside and returns its absolute path.</summary>
    public string Write(string relativePath, string text)
    {
        var file = this[relativePath];
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
