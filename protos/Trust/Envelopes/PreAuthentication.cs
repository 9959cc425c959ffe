using System.Globalization;
using System.Text;

namespace HaiSoft.Protocol.Trust.Envelopes;

/// <summary>
/// The pre-authentication encoding of DSSE v1: "DSSEv1", the type and the payload, the latter two each preceded by its length in
/// bytes, all separated by single spaces. Two different pairs of type and payload never have the same encoding.
/// </summary>
public static class PreAuthentication
{
    /// <summary>What is signed in place of the payload alone.</summary>
    public static byte[] Encode(string payloadType, ReadOnlySpan<byte> payload)
    {
        string head = string.Create(
            CultureInfo.InvariantCulture, $"DSSEv1 {Encoding.UTF8.GetByteCount(payloadType)} {payloadType} {payload.Length} ");
        return [.. Encoding.UTF8.GetBytes(head), .. payload];
    }
}
