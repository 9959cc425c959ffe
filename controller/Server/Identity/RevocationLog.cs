using System.Text;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Identity;

/// <summary>
/// Revocations outside the database, so that a restore of the database never brings a revoked identity back (DESIGN 4). Only ever
/// added to; every line is on the disk before a revocation is called done. A damaged log is set aside and begun anew with what holds.
/// </summary>
internal sealed class RevocationLog : IDisposable
{
    private const string FileName = "revocations.log";
    private readonly FileStream _file;
    private string _head;

    public RevocationLog(DataFolder folder, CertificateAuthority authority)
    {
        string path = PathIn(folder.Root);
        string origin = Convert.ToHexStringLower(authority.Sha256.Span);
        WasMissing = !File.Exists(path);
        RevocationsRead read = RevocationChain.Read(WasMissing ? [] : File.ReadAllBytes(path), origin);
        Damage = read.Damage;
        Held = read.Held;
        if (Damage.Length > 0)
            File.Move(path, $"{path}.damaged-{Guid.NewGuid():N}");
        _file = Open(path);
        _head = Damage.Length > 0 ? Again(read.Held, origin) : Cut(read);
        PrivateFile.FlushFolder(folder.Root);
    }

    /// <summary>Where the log of a data folder lies.</summary>
    public static string PathIn(string folder) => Path.Combine(folder, FileName);

    /// <summary>There was no log: a first start, or a loss.</summary>
    public bool WasMissing { get; }

    /// <summary>What was wrong with it; empty when it was whole.</summary>
    public string Damage { get; }

    /// <summary>What it held when it was opened, oldest first.</summary>
    public IReadOnlyList<Revocation> Held { get; }

    /// <summary>Writes a revocation down; it is on the disk when this returns.</summary>
    public void Append(Revocation revocation)
    {
        (string text, string hash) = RevocationChain.LineOf(revocation, _head);
        _file.Write(Encoding.UTF8.GetBytes(text + "\n"));
        _file.Flush(flushToDisk: true);
        _head = hash;
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = FileShare.Read,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });

    private string Again(IReadOnlyList<Revocation> held, string origin)
    {
        _head = origin;
        foreach (Revocation revocation in held)
            Append(revocation);
        return _head;
    }

    private string Cut(RevocationsRead read)
    {
        _file.SetLength(read.WholeLength);
        _file.Seek(0, SeekOrigin.End);
        return read.Head;
    }
}
