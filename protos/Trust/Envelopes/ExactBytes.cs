using Google.Protobuf;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Protocol.Trust.Envelopes;

/// <summary>
/// Reads messages in the one encoding that is accepted: what was read must encode to the same bytes again. So nothing can hide in
/// them: no unknown field, nothing after the end, no field twice, no text that is not UTF-8. Who signed them is another question.
/// </summary>
public static class ExactBytes
{
    /// <summary>Reads a message: an envelope, or a root, catalogue or order in it.</summary>
    public static Judged<T> Read<T>(MessageParser<T> parser, ReadOnlySpan<byte> bytes)
        where T : class, IMessage<T>
    {
        try
        {
            T known = parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
            if (known.ToByteArray().AsSpan().SequenceEqual(bytes))
                return known;
            T whole = parser.WithDiscardUnknownFields(false).ParseFrom(bytes);
            return whole.CalculateSize() == known.CalculateSize()
                ? new Refused(TrustRefusal.NotCanonical, $"The {NameOf<T>()} is not in its one encoding: something is repeated, misplaced, or not UTF-8.")
                : new Refused(TrustRefusal.UnknownField, $"The {NameOf<T>()} has a field that this version does not know.");
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or IndexOutOfRangeException or ArgumentException)
        {
            // Google.Protobuf throws the latter, too, for a message that is cut inside of another, and for text that is not UTF-8.
            return new Refused(TrustRefusal.Malformed, $"The {NameOf<T>()} cannot be read: it is damaged, or something else.");
        }
    }

    private static string NameOf<T>() => typeof(T).Name.ToLowerInvariant();
}
