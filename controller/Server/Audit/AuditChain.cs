using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Audit;

/// <summary>How entries hang together: each hash covers the entry and the hash before it (DESIGN 5).</summary>
internal static class AuditChain
{
    /// <summary>What the first entry hangs on.</summary>
    public static byte[] Origin => new byte[SHA256.HashSizeInBytes];

    /// <summary>The hash that an entry must have: every field with its length before it, so that none can flow into another.</summary>
    public static byte[] HashOf(
        long sequence, DateTimeOffset recordedTime, string actor, string action, string subject, string detail, byte[] previousHash)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, "haisoft.audit.v1");
        Append(hash, sequence);
        Append(hash, recordedTime.ToUnixMicroseconds());
        Append(hash, actor);
        Append(hash, action);
        Append(hash, subject);
        Append(hash, detail);
        hash.AppendData(previousHash);
        return hash.GetHashAndReset();
    }

    /// <summary>The hash that a stored entry must have.</summary>
    public static byte[] HashOf(AuditEntry e) =>
        HashOf(e.Sequence, e.RecordedTime, e.Actor, e.Action, e.Subject, e.Detail, e.PreviousHash);

    private static void Append(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
