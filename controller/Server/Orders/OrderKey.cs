using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Controller.Orders;

/// <summary>
/// The key that this controller signs orders with, and nothing else: P-256, in <c>ca/order.key</c> (mode 0600), made at the first start.
/// It counts on servers whose catalogue lists it, and never without the approvers that the catalogue asks for.
/// </summary>
internal sealed class OrderKey : IDisposable
{
    private readonly PrivateKey _key;

    /// <summary>Reads the key, or makes it if there is none.</summary>
    /// <exception cref="StartRefusedException">It is missing and its public half is there, or it cannot be read.</exception>
    public OrderKey(DataFolder folder)
    {
        string ca = folder.At("ca");
        Directory.CreateDirectory(ca, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _key = ReadOrMake(Path.Combine(ca, "order.key"), Path.Combine(ca, "order.pub"));
    }

    /// <summary>Its public half, as the catalogue lists it.</summary>
    public SigningKey Public => new()
    {
        KeyId = _key.PublicKey.Id,
        PublicKey = ByteString.CopyFrom(_key.PublicKey.Encoded.Span),
        Name = $"controller {Environment.MachineName}",
    };

    /// <summary>The same envelope with this controller's signature.</summary>
    public byte[] Sign(OpenedEnvelope envelope) => Sealing.AddSignature(envelope, _key);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    // The key is written first: a key alone is a start that was cut short.
    private static PrivateKey ReadOrMake(string keyFile, string publicFile)
    {
        PrivateKey key = File.Exists(keyFile) ? Read(keyFile) : Make(keyFile, publicFile);
        if (!File.Exists(publicFile))
            PrivateFile.Write(publicFile, Encoding.ASCII.GetBytes(key.PublicKey.Pem));
        return key;
    }

    private static PrivateKey Make(string keyFile, string publicFile)
    {
        if (File.Exists(publicFile))
            throw Refused($"{keyFile} is missing, but {publicFile} is there.", cause: null);
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PrivateFile.Write(keyFile, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
        return PrivateKey.Of(key);
    }

    private static PrivateKey Read(string keyFile)
    {
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(keyFile));
            return PrivateKey.Of(key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or UnauthorizedAccessException)
        {
            key.Dispose();
            throw Refused($"{keyFile} cannot be read ({e.Message}).", e);
        }
    }

    private static StartRefusedException Refused(string what, Exception? cause) =>
        new(
            $"{what} Restore it from a backup. Or move both away: a new key is made, and orders count again when the catalogue lists that one "
            + "(haisoftctl catalogue controller-key).",
            StartExitCode.DataFolder,
            cause);
}
