using Google.Protobuf;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Keys;
using HaiSoft.Protocol.Trust.Roots;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Ctl.Trust;

/// <summary>A sealed file: exact bytes with signatures. What it says was read; who signed it is another question.</summary>
/// <param name="Bytes">All of it.</param>
/// <param name="IsOnDisk">False for one that was sealed just now; signing it writes it.</param>
internal sealed record SealedFile<T>(FileInfo File, byte[] Bytes, OpenedEnvelope Envelope, T Content, bool IsOnDisk = true)
    where T : class, IMessage<T>
{
    /// <summary>Writes it with one more signature.</summary>
    public SealedFile<T> Sign(PrivateKey key)
    {
        byte[] signed = Sealing.AddSignature(Envelope, key);
        if (IsOnDisk)
            TrustFile.Replace(File, signed);
        else
            TrustFile.Create(File, signed, TrustFile.Readable);
        return new(File, signed, SealedFile.Must(File, OpenedEnvelope.Open(signed)), Content);
    }
}

/// <summary>Reads sealed files.</summary>
internal static class SealedFile
{
    public static SealedFile<Root> ReadRoot(FileInfo file) => Read(file, PayloadTypes.Root, Root.Parser);

    public static SealedFile<Catalogue> ReadCatalogue(FileInfo file) => Read(file, PayloadTypes.Catalogue, Catalogue.Parser);

    public static SealedFile<Order> ReadOrder(FileInfo file) => Read(file, PayloadTypes.Order, Order.Parser);

    /// <summary>A catalogue that is sealed now, and not written yet.</summary>
    public static SealedFile<Catalogue> Seal(FileInfo file, Catalogue catalogue)
    {
        byte[] bytes = Sealing.Seal(PayloadTypes.Catalogue, catalogue);
        return new(file, bytes, Must(file, OpenedEnvelope.Open(bytes)), catalogue, IsOnDisk: false);
    }

    /// <summary>A root that all who must have signed; that it is the right one is for who compares its fingerprint.</summary>
    /// <exception cref="CtlException">Not all have signed.</exception>
    public static TrustedRoot ReadWholeRoot(FileInfo file)
    {
        SealedFile<Root> root = ReadRoot(file);
        Judged<TrustedRoot> judged = RootVerification.Pin(root.Bytes, root.Envelope.Sha256);
        return judged.Refusal is { } refusal ? throw new CtlException(ExitCode.Refused, $"{file.FullName} is no root to rely on: {refusal.Words}") : judged.Accepted;
    }

    /// <summary>What was accepted.</summary>
    /// <exception cref="CtlException">It was refused.</exception>
    public static TAccepted Must<TAccepted>(FileInfo file, Judged<TAccepted> judged)
        where TAccepted : class =>
        judged.Refusal is { } refusal ? throw new CtlException(ExitCode.Usage, $"{file.FullName}: {refusal.Words}") : judged.Accepted;

    private static SealedFile<T> Read<T>(FileInfo file, string payloadType, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        byte[] bytes = TrustFile.Read(file);
        OpenedEnvelope envelope = Must(file, OpenedEnvelope.Open(bytes, payloadType));
        return new(file, bytes, envelope, Must(file, ExactBytes.Read(parser, envelope.Payload.Span)));
    }
}
