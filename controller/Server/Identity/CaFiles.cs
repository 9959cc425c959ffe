using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Identity;

/// <summary>The folder <c>ca/</c>: <c>ca.key</c> and <c>ca.pem</c>. The key is written first: a key alone is a start that was cut short.</summary>
internal sealed class CaFiles
{
    private readonly string _folder;

    public CaFiles(DataFolder folder)
    {
        _folder = folder.At("ca");
        Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string KeyFile => Path.Combine(_folder, "ca.key");

    private string CertificateFile => Path.Combine(_folder, "ca.pem");

    public ECDsa ReadOrMakeKey()
    {
        if (!File.Exists(KeyFile))
            return MakeKey();
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(KeyFile));
            return key;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or UnauthorizedAccessException)
        {
            key.Dispose();
            throw Refused($"{KeyFile} cannot be read ({e.Message}).", e);
        }
    }

    public X509Certificate2? ReadCertificate()
    {
        try
        {
            return File.Exists(CertificateFile) ? X509Certificate2.CreateFromPem(File.ReadAllText(CertificateFile)) : null;
        }
        catch (CryptographicException e)
        {
            throw Refused($"{CertificateFile} cannot be read ({e.Message}).", e);
        }
    }

    public X509Certificate2 Keep(X509Certificate2 certificate)
    {
        PrivateFile.Write(CertificateFile, Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n"));
        return certificate;
    }

    public void RefuseStrangers(ECDsa key, X509Certificate2 certificate)
    {
        using ECDsa? certified = certificate.GetECDsaPublicKey();
        if (certified is null || !certified.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo()))
            throw Refused($"{KeyFile} and {CertificateFile} do not belong together.", cause: null);
    }

    private ECDsa MakeKey()
    {
        if (File.Exists(CertificateFile))
            throw Refused($"{KeyFile} is missing, but {CertificateFile} is there.", cause: null);
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PrivateFile.Write(KeyFile, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
        return key;
    }

    private StartRefusedException Refused(string what, Exception? cause) =>
        new(
            $"{what} Restore the folder {_folder} from a backup. Or move it away: a new CA is made, and every agent must be enrolled again.",
            StartExitCode.DataFolder,
            cause);
}
