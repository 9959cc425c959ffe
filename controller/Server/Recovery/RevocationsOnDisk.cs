using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaiSoft.Controller.Identity;

namespace HaiSoft.Controller.Recovery;

/// <summary>The log of revocations beside a database, read without opening it for writing: the running controller has it.</summary>
internal static class RevocationsOnDisk
{
    /// <summary>SHA-256 of the CA's certificate of a data folder; absent when it has none.</summary>
    public static string? CaOf(string folder)
    {
        string file = Path.Combine(folder, "ca", "ca.pem");
        if (!File.Exists(file))
            return null;
        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(File.ReadAllText(file));
        return Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
    }

    /// <summary>How far the log is.</summary>
    public static RevocationsReference Of(string folder, string ca)
    {
        RevocationsRead read = RevocationChain.Read(Content(folder), ca);
        return new(read.Held.Count, read.Head);
    }

    /// <summary>
    /// Why the log of this folder may lack revocations that a backup's controller made; empty when it is that controller's own and
    /// goes on from where it was.
    /// </summary>
    /// <param name="folder">The data folder, before anything is restored into it.</param>
    /// <param name="backup">The backup.</param>
    public static string Doubt(string folder, BackupManifest backup)
    {
        if (!File.Exists(RevocationLog.PathIn(folder)))
            return "The log of revocations was missing when a backup was restored.";
        if (CaOf(folder) is not { } ca || ca != backup.CaSha256)
            return "A backup of another controller was restored: the log of revocations is not that one's.";
        RevocationsRead read = RevocationChain.Read(Content(folder), ca, backup.Revocations.Count);
        return read.Held.Count == backup.Revocations.Count && read.Head == backup.Revocations.Head
            ? ""
            : "The log of revocations lacks some that were in it when the restored backup was made.";
    }

    private static byte[] Content(string folder) =>
        File.Exists(RevocationLog.PathIn(folder)) ? File.ReadAllBytes(RevocationLog.PathIn(folder)) : [];
}
