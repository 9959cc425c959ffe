using System.Text;
using Google.Protobuf;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Trust;

/// <summary>
/// A key is two files: <c>FILE</c>, private, under a passphrase, mode 0600; <c>FILE.pub</c>, a PEM that anybody may have, with whose it
/// is on its first line ("Name: Alice Martin").
/// </summary>
internal static class KeyFiles
{
    private const string NameMark = "Name: ";

    /// <summary>Makes a key and writes both files.</summary>
    /// <param name="name">Whose it is.</param>
    public static SigningKey Create(FileInfo file, string name, string passphrase)
    {
        FileInfo publicFile = new(file.FullName + ".pub");
        if (publicFile.Exists)
            throw new CtlException(ExitCode.Refused, $"{publicFile.FullName} is there already: name another file, or move that one away.");
        using PrivateKey key = PrivateKey.Create();
        TrustFile.Create(file, Encoding.UTF8.GetBytes(key.ToPem(passphrase)), TrustFile.Private);
        TrustFile.Create(publicFile, Encoding.UTF8.GetBytes($"{NameMark}{name}\n{key.PublicKey.Pem}"), TrustFile.Readable);
        return Of(key.PublicKey, name);
    }

    /// <summary>Writes a public key that came from elsewhere; its id is computed here.</summary>
    /// <exception cref="CtlException">It is none.</exception>
    public static SigningKey WritePublic(FileInfo file, SigningKey given)
    {
        VerificationKey key = VerificationKey.Read(given.PublicKey.Span) ?? throw new CtlException(ExitCode.Refused, "What the controller gave is not a P-256 key.");
        string name = given.Name.ReplaceLineEndings(" ");
        TrustFile.Create(file, Encoding.UTF8.GetBytes($"{NameMark}{name}\n{key.Pem}"), TrustFile.Readable);
        return Of(key, name);
    }

    /// <summary>Reads a public key.</summary>
    /// <exception cref="CtlException">It is none.</exception>
    public static SigningKey ReadPublic(FileInfo file)
    {
        string pem = Encoding.UTF8.GetString(TrustFile.Read(file));
        VerificationKey key = VerificationKey.ReadPem(pem)
            ?? throw new CtlException(ExitCode.Usage, $"{file.FullName} is not a public key (PEM, P-256): give the .pub file that 'haisoftctl key new' wrote.");
        string first = pem.Split('\n')[0].TrimEnd('\r');
        return Of(key, first.StartsWith(NameMark, StringComparison.Ordinal) ? first[NameMark.Length..] : file.Name);
    }

    /// <summary>Opens a private key.</summary>
    /// <exception cref="CtlException">It is none, or the passphrase is another.</exception>
    public static PrivateKey Open(FileInfo file, FileInfo? passphraseFile)
    {
        string pem = Encoding.UTF8.GetString(TrustFile.Read(file));
        if (!pem.Contains("ENCRYPTED PRIVATE KEY", StringComparison.Ordinal))
            throw new CtlException(ExitCode.Usage, $"{file.FullName} is not a key file under a passphrase: give the one that 'haisoftctl key new' wrote.");
        return PrivateKey.Read(pem, Passphrase.Read(passphraseFile, file))
            ?? throw new CtlException(ExitCode.Usage, $"{file.FullName} does not open with this passphrase.");
    }

    private static SigningKey Of(VerificationKey key, string name) =>
        new() { KeyId = key.Id, PublicKey = ByteString.CopyFrom(key.Encoded.Span), Name = name };
}
