using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HaiSoft.Agent.Helper.Packages;

/// <summary>
/// A public key in the OpenPGP format (RFC 4880, RFC 9580): its primary key with its user ids, without subkeys. Whoever hands a key file out
/// could append a subkey of its own, and not every rpm looks whether the primary key has signed for it: so subkeys do not count.
/// </summary>
/// <param name="Fingerprint">Of the primary key: 40 (version 4) or 64 (version 6) upper-case hexadecimal digits.</param>
/// <param name="Packets">As they came.</param>
internal sealed record OpenPgpKey(string Fingerprint, byte[] Packets)
{
    private const int PublicKey = 6;
    private static readonly int[] GoesWithIt = [2, 13, 17]; // signatures, user ids, user attributes

    /// <summary>The keys in a file's bytes, with or without armour; what is none is passed over.</summary>
    public static IEnumerable<OpenPgpKey> Read(byte[] file)
    {
        foreach (var block in OpenPgpArmour.Open(file))
        {
            string? fingerprint = null;
            var packets = new List<byte>();
            foreach (var packet in OpenPgpPacket.Read(block))
            {
                if (fingerprint is not null && GoesWithIt.Contains(packet.Tag))
                {
                    packets.AddRange(packet.Whole);
                    continue;
                }

                if (fingerprint is not null)
                    yield return new(fingerprint, [.. packets]);
                fingerprint = packet.Tag == PublicKey ? FingerprintOf(packet.Body) : null;
                packets = [.. packet.Whole];
            }

            if (fingerprint is not null)
                yield return new(fingerprint, [.. packets]);
        }
    }

    /// <summary>As rpm imports it.</summary>
    public string Armoured => OpenPgpArmour.Close(Packets);

    private static string? FingerprintOf(byte[] body)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, body.Length);
        return (body.Length > 0 ? body[0] : 0) switch
        {
#pragma warning disable CA5350 // What a fingerprint of version 4 is made with is not ours to choose.
            4 => Convert.ToHexString(SHA1.HashData([0x99, .. length[2..], .. body])),
#pragma warning restore CA5350
            6 => Convert.ToHexString(SHA256.HashData([0x9B, .. length, .. body])),
            _ => null,
        };
    }
}
