using Google.Protobuf;
using HaiSoft.Protocol.Tests.Trust.Parts;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.V1;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Trust;

/// <summary>There is one encoding; what differs from it in anything is refused, whether it could be read or not.</summary>
public sealed class ExactBytesTests
{
    [Fact]
    public void The_one_encoding_is_accepted() => Read(Orders.Good().ToByteArray()).ShouldBeNull();

    [Theory]
    [InlineData(TrustRefusal.UnknownField, "7801")] // field 15, which there is not
    [InlineData(TrustRefusal.UnknownField, "0A0212007801")] // and inside of another
    [InlineData(TrustRefusal.NotCanonical, "0A0141" + "0A0142")] // twice: the last would count
    [InlineData(TrustRefusal.NotCanonical, "120141" + "0A0141")] // another order
    [InlineData(TrustRefusal.NotCanonical, "0A00")] // empty, said
    [InlineData(TrustRefusal.NotCanonical, "0A8100" + "41")] // a length in two bytes that one is enough for
    [InlineData(TrustRefusal.Malformed, "0A05" + "41")] // cut
    [InlineData(TrustRefusal.Malformed, "00")] // field 0
    [InlineData(TrustRefusal.Malformed, "0AFFFFFFFF0F")] // a negative length
    public void Anything_else_is_refused_with_what_it_is(TrustRefusal reason, string envelope) =>
        OpenedEnvelope.Open(Convert.FromHexString(envelope)).Refusal!.Reason.ShouldBe(reason);

    [Theory]
    [InlineData("FF")]
    [InlineData("C0AF")] // '/' in two bytes
    [InlineData("EDA080")] // half of a surrogate pair
    public void Text_that_is_not_utf8_is_refused(string text)
    {
        byte[] bytes = Convert.FromHexString(text);
        OpenedEnvelope.Open([0x0A, (byte)bytes.Length, .. bytes]).Refusal!.Reason.ShouldBeOneOf(TrustRefusal.NotCanonical, TrustRefusal.Malformed);
    }

    [Theory]
    [InlineData(PayloadTypes.Catalogue, 1024 * 1024)]
    [InlineData(PayloadTypes.Root, 256 * 1024)]
    [InlineData(PayloadTypes.Order, 256 * 1024)]
    public void What_is_too_large_is_not_even_read(string type, int largest)
    {
        OpenedEnvelope.Open(new byte[largest], type).Refusal!.Reason.ShouldBe(TrustRefusal.Malformed);
        OpenedEnvelope.Open(new byte[largest + 1], type).Refusal!.Reason.ShouldBe(TrustRefusal.TooLarge);
    }

    [Fact]
    public void An_unknown_field_that_enough_keys_signed_is_refused_all_the_same()
    {
        byte[] newer = [.. Catalogues.Good().ToByteArray(), 0xF8, 0x06, 0x01];
        byte[] sealedNewer = new Envelope { PayloadType = PayloadTypes.Catalogue, Payload = ByteString.CopyFrom(newer) }.ToByteArray();

        TrustBed.Verify(TrustBed.Sign(sealedNewer, TrustBed.CatalogueKeys)).Refusal!.Reason.ShouldBe(TrustRefusal.UnknownField);
    }

    private static TrustRefusal? Read(byte[] bytes) => ExactBytes.Read(Order.Parser, bytes).Refusal?.Reason;
}
