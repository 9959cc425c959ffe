using System.Security.Cryptography;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Envelopes;

/// <summary>An envelope that could be read. Nothing is verified yet.</summary>
public sealed class OpenedEnvelope
{
    /// <summary>The largest envelope that is looked at, bytes: a catalogue.</summary>
    public const int Largest = 1024 * 1024;

    /// <summary>The largest with a root or an order, bytes.</summary>
    public const int LargestButCatalogue = 256 * 1024;

    /// <summary>The most signatures that are looked at.</summary>
    public const int MostSignatures = 32;

    private readonly Envelope _envelope;

    private OpenedEnvelope(Envelope envelope)
    {
        _envelope = envelope;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Payload.Span));
    }

    /// <summary>One of <see cref="PayloadTypes"/>.</summary>
    public string PayloadType => _envelope.PayloadType;

    /// <summary>The exact bytes.</summary>
    public ReadOnlyMemory<byte> Payload => _envelope.Payload.Memory;

    /// <summary>SHA-256 of the exact bytes, 64 lower-case hexadecimal digits: the fingerprint of a root.</summary>
    public string Sha256 { get; }

    /// <summary>As they came.</summary>
    public IReadOnlyList<Signature> Signatures => _envelope.Signatures;

    /// <summary>The same, with the signatures by some keys alone.</summary>
    /// <param name="keys">By their ids.</param>
    internal OpenedEnvelope SignedBy<T>(IReadOnlyDictionary<string, T> keys)
    {
        Envelope envelope = new() { PayloadType = PayloadType, Payload = _envelope.Payload };
        envelope.Signatures.Add(Signatures.Where(signature => keys.ContainsKey(signature.KeyId)));
        return new(envelope);
    }

    /// <summary>Reads an envelope of one type.</summary>
    public static Judged<OpenedEnvelope> Open(ReadOnlySpan<byte> bytes, string payloadType)
    {
        if (WhyTooLarge(bytes.Length, payloadType == PayloadTypes.Catalogue ? Largest : LargestButCatalogue) is { } tooLarge)
            return tooLarge;
        Judged<OpenedEnvelope> any = Open(bytes);
        return any.Refusal is null && any.Accepted.PayloadType != payloadType
            ? new Refused(TrustRefusal.WrongPayloadType, $"It is \"{any.Accepted.PayloadType}\", not \"{payloadType}\".")
            : any;
    }

    /// <summary>Reads an envelope of any type.</summary>
    public static Judged<OpenedEnvelope> Open(ReadOnlySpan<byte> bytes)
    {
        if (WhyTooLarge(bytes.Length, Largest) is { } tooLarge)
            return tooLarge;
        Judged<Envelope> read = ExactBytes.Read(Envelope.Parser, bytes);
        if (read.Refusal is { } refusal)
            return refusal;
        return read.Accepted.Signatures.Count <= MostSignatures
            ? new OpenedEnvelope(read.Accepted)
            : new Refused(TrustRefusal.TooManySignatures, $"It has {read.Accepted.Signatures.Count} signatures; the most is {MostSignatures}.");
    }

    private static Refused? WhyTooLarge(int length, int largest) =>
        length > largest ? new(TrustRefusal.TooLarge, $"It has {length} bytes; the most is {largest}.") : null;
}
