using System.Text;
using HaiSoft.Protocol.Tests.Trust.Parts;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.Passkeys;
using HaiSoft.Protocol.Trust.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Trust;

/// <summary>What is hashed says what it is.</summary>
public sealed class PreAuthenticationTests
{
    [Fact]
    public void The_encoding_is_that_of_the_specifications_own_example() =>
        Encoding.UTF8.GetString(PreAuthentication.Encode("http://example.com/HelloWorld", "hello world"u8))
            .ShouldBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");

    [Fact]
    public void Lengths_are_of_bytes() => Encoding.UTF8.GetString(PreAuthentication.Encode("é", "ü"u8)).ShouldBe("DSSEv1 2 é 2 ü");

    [Fact]
    public void What_is_signed_as_one_type_does_not_count_as_another()
    {
        byte[] asCatalogue = TrustBed.Change(TrustBed.SealedOrder(), e =>
        {
            e.PayloadType = PayloadTypes.Catalogue;
            e.Signatures.Clear();
        });
        byte[] signed = TrustBed.Sign(asCatalogue, TrustBed.Controller, TrustBed.Approvers[0]);

        TrustBed.VerifyOrder(TrustBed.Change(signed, e => e.PayloadType = PayloadTypes.Order)).Refusal!.Reason.ShouldBe(TrustRefusal.BadSignature);
    }

    [Fact]
    public void A_sign_in_and_an_approval_never_have_the_same_challenge() =>
        PasskeyChallenge.ForSignIn("the same bytes"u8).ShouldNotBe(PasskeyChallenge.ForOrder("the same bytes"u8));
}
