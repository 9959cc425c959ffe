using Google.Protobuf;
using HaiSoft.Protocol.Tests.Trust.Parts;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.Roots;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Fuzzing;
using Xunit;

namespace HaiSoft.Protocol.Tests.Fuzz;

/// <summary>Whatever bytes come as a root, a catalogue or an order, they are accepted exactly as they were signed, or refused with a reason.</summary>
public sealed class TrustFuzzTests
{
    private static readonly byte[][] Signed =
    [
        TrustBed.SealedRoot(r => r.Version = 2), TrustBed.SealedCatalogue(), TrustBed.SealedOrder(), TrustBed.SealedOrder(Orders.Install, TrustBed.Approvers), ByPasskey(TrustBed.SealedOrder()),
    ];

    [Fact]
    public void Whatever_bytes_come_they_are_what_was_signed_or_refused() => Run(TimeSpan.FromSeconds(3));

    [Fact]
    [Trait("Category", "Soak")]
    public void Whatever_bytes_come_they_are_what_was_signed_or_refused_for_long() => Run(TimeSpan.FromMinutes(10));

    private static void Run(TimeSpan altogether)
    {
        TimeSpan length = altogether / 3;
        byte[][] payloads = [.. Signed.Select(bytes => TrustBed.Open(bytes).Payload.ToArray())];
        byte[] client = TrustBed.Open(Signed[^1]).Signatures[^1].Passkey.ClientDataJson.ToByteArray();
        TestContext.Current.TestOutputHelper?.WriteLine(Fuzzer.Run("envelopes", Signed, TakeEnvelope, length, TestContext.Current.CancellationToken));
        TestContext.Current.TestOutputHelper?.WriteLine(Fuzzer.Run("payloads", payloads, TakePayload, length, TestContext.Current.CancellationToken));
        TestContext.Current.TestOutputHelper?.WriteLine(Fuzzer.Run("client data", [client], TakeClientData, length, TestContext.Current.CancellationToken));
    }

    private static void TakeEnvelope(byte[] input)
    {
        bool isAccepted = TrustBed.Follow(input).Refusal is null || TrustBed.Verify(input).Refusal is null || TrustBed.VerifyOrder(input).Refusal is null;
        if (!isAccepted && Signed.Any(good => input.AsSpan().SequenceEqual(good)))
            throw new InvalidDataException("What was signed is refused.");
        if (isAccepted && !Signed.Any(good => TrustBed.Open(good).Sha256 == TrustBed.Open(input).Sha256))
            throw new InvalidDataException("What nobody signed is accepted.");
    }

    // Past the signatures: content that somebody with every key made.
    private static void TakePayload(byte[] input)
    {
        if (Read(Root.Parser, input) is { } root)
            RootRules.Find(root);
        if (Read(Catalogue.Parser, input) is { } catalogue)
            CatalogueRules.Find(catalogue);
        if (Read(Order.Parser, input) is { } order)
            OrderRules.Find(order);
    }

    private static T? Read<T>(MessageParser<T> parser, byte[] input)
        where T : class, IMessage<T>
    {
        Judged<T> read = ExactBytes.Read(parser, input);
        return read.Refusal is null ? read.Accepted : null;
    }

    private static void TakeClientData(byte[] input)
    {
        Signature signature = new()
        {
            KeyId = TrustBed.Passkey.PublicKey.Id,
            Kind = SignatureKind.Passkey,
            Passkey = new PasskeyProof { ClientDataJson = ByteString.CopyFrom(input), AuthenticatorData = ByteString.CopyFrom(new byte[37]) },
        };
        if (TrustBed.VerifyOrder(TrustBed.Sign(Signed[2], signature)).Refusal is null)
            throw new InvalidDataException("What no passkey signed is accepted.");
    }

    private static byte[] ByPasskey(byte[] order) => TrustBed.Sign(order, TrustBed.Passkey.Approve(order));
}
