using Google.Protobuf;
using HaiSoft.Protocol.Tests.Trust.Parts;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.V1;
using Shouldly;
using Xunit;
using static HaiSoft.Protocol.Tests.Trust.Parts.TrustBed;

namespace HaiSoft.Protocol.Tests.Trust;

/// <summary>What an authenticator signed counts for the one order that it was asked for, where the catalogue says.</summary>
public sealed class PasskeyTests
{
    private readonly byte[] _order = Sign(Sealing.Seal(PayloadTypes.Order, Orders.Good()), Controller);

    private string Challenge => Authenticator.Challenge(_order);

    [Theory]
    [InlineData(",\"crossOrigin\":false")]
    [InlineData("")]
    [InlineData(",\"crossOrigin\":false,\"other_keys_can_be_added_here\":\"do not compare clientDataJSON against a template\"")]
    [InlineData(",\"unknown\":{\"type\":[1,2,{}]}")]
    public void An_approval_counts_as_browsers_write_it(string more) =>
        Reason(Passkey.Approve(_order, client: Authenticator.Client(Challenge, more: more))).ShouldBeNull();

    [Theory]
    [InlineData(TrustRefusal.PasskeyWrongOrigin, ",\"crossOrigin\":true")]
    [InlineData(TrustRefusal.PasskeyWrongOrigin, ",\"crossOrigin\":false,\"topOrigin\":\"https://evil.example\"")]
    [InlineData(TrustRefusal.PasskeyMalformed, ",\"crossOrigin\":\"no\"")]
    [InlineData(TrustRefusal.PasskeyMalformed, ",\"challenge\":\"AAAA\"")]
    [InlineData(TrustRefusal.PasskeyMalformed, ",\"t\\u0079pe\":\"webauthn.get\"")]
    [InlineData(TrustRefusal.PasskeyMalformed, ",\"origin\":null")]
    [InlineData(TrustRefusal.PasskeyMalformed, ",\"x\":\"\\ud800\"} {")]
    [InlineData(TrustRefusal.PasskeyMalformed, ",")]
    public void Client_data_that_say_something_else_do_not(TrustRefusal reason, string more) =>
        Reason(Passkey.Approve(_order, client: Authenticator.Client(Challenge, more: more))).ShouldBe(reason);

    [Fact]
    public void Client_data_that_are_too_long_do_not_count() =>
        Reason(Passkey.Approve(_order, client: Authenticator.Client(Challenge, more: $",\"x\":\"{new string('x', 4096)}\""))).ShouldBe(TrustRefusal.PasskeyMalformed);

    [Theory]
    [InlineData(0x40)] // has a key
    [InlineData(0x80)] // has extensions
    public void Authenticator_data_that_promise_more_do_not_count(int flag) =>
        Reason(Passkey.Approve(_order, flags: (byte)(0x05 | flag))).ShouldBe(TrustRefusal.PasskeyMalformed);

    [Fact]
    public void A_sign_in_does_not_approve_an_order_of_the_same_bytes()
    {
        ReadOnlySpan<byte> payload = Open(_order).Payload.Span;
        string signIn = System.Buffers.Text.Base64Url.EncodeToString(HaiSoft.Protocol.Trust.Passkeys.PasskeyChallenge.ForSignIn(payload));

        Reason(Passkey.Sign(Authenticator.Client(signIn))).ShouldBe(TrustRefusal.PasskeyWrongChallenge);
    }

    [Fact]
    public void An_approval_of_one_order_does_not_approve_another() =>
        Reason(Passkey.Approve(SealedOrder())).ShouldBe(TrustRefusal.PasskeyWrongChallenge);

    [Fact]
    public void Another_passkeys_signature_under_a_listed_key_id_does_not_count()
    {
        Signature stolen = new Authenticator().Approve(_order);
        stolen.KeyId = Passkey.PublicKey.Id;
        Reason(stolen).ShouldBe(TrustRefusal.BadSignature);
    }

    [Fact]
    public void A_key_files_signature_with_a_passkeys_proof_does_not_count() =>
        VerifyOrder(Change(SealedOrder(), e => e.Signatures[1].Passkey = new PasskeyProof { ClientDataJson = ByteString.CopyFromUtf8("{}") }))
            .Refusal!.Reason.ShouldBe(TrustRefusal.PasskeyMalformed);

    private TrustRefusal? Reason(Signature signature) => VerifyOrder(Sign(_order, signature)).Refusal?.Reason;
}
