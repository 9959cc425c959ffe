using System.Security.Cryptography;
using Google.Protobuf;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Envelopes;

/// <summary>Makes envelopes and adds signatures to them.</summary>
public static class Sealing
{
    /// <summary>An envelope without signatures; from here on the bytes of its payload stay as they are.</summary>
    /// <param name="payloadType">One of <see cref="PayloadTypes"/>.</param>
    /// <param name="content">A root, a catalogue or an order.</param>
    public static byte[] Seal(string payloadType, IMessage content) =>
        new Envelope { PayloadType = payloadType, Payload = content.ToByteString() }.ToByteArray();

    /// <summary>The same envelope with a key file's signature, in place of one that the key made before.</summary>
    public static byte[] AddSignature(OpenedEnvelope envelope, PrivateKey key) => AddSignature(envelope, new Signature
    {
        KeyId = key.PublicKey.Id,
        Kind = SignatureKind.KeyFile,
        Signature_ = ByteString.CopyFrom(
            key.Sign(PreAuthentication.Encode(envelope.PayloadType, envelope.Payload.Span), DSASignatureFormat.IeeeP1363FixedFieldConcatenation)),
    });

    /// <summary>The same envelope with one more signature, in place of one that the key made before.</summary>
    public static byte[] AddSignature(OpenedEnvelope envelope, Signature signature)
    {
        Envelope signed = new() { PayloadType = envelope.PayloadType, Payload = ByteString.CopyFrom(envelope.Payload.Span) };
        signed.Signatures.Add(envelope.Signatures.Where(other => other.KeyId != signature.KeyId));
        signed.Signatures.Add(signature);
        return signed.ToByteArray();
    }
}
