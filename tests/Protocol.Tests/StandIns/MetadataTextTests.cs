using Grpc.Core;
using Grpc.Net.Wire;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.StandIns;

public sealed class MetadataTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("00", "AA")]
    [InlineData("ABABAB", "q6ur")]
    [InlineData("FFFEFDFC", "//79/A")]
    public void Bytes_are_sent_without_padding(string hex, string text) =>
        MetadataText.Encode(new Metadata.Entry("x-bin", Convert.FromHexString(hex))).ShouldBe(text);

    [Theory]
    [InlineData("AA", "00")]
    [InlineData("AA==", "00")]
    [InlineData("q6ur", "ABABAB")]
    [InlineData("AA,q6ur", "00 ABABAB")]
    [InlineData("AA==, q6ur", "00 ABABAB")]
    [InlineData("", "")]
    public void Bytes_are_read_with_and_without_padding_and_joined_by_commas(string text, string hex)
    {
        var metadata = new Metadata();
        MetadataText.Decode(metadata, "x-bin", text);
        string.Join(' ', metadata.Select(entry => Convert.ToHexString(entry.ValueBytes))).ShouldBe(hex);
    }

    [Theory]
    [InlineData("!!!")]
    [InlineData("A")]
    [InlineData("AA AA")]
    [InlineData("AA,!")]
    [InlineData("=AA=A")]
    public void What_is_no_base64_ends_the_call(string text) =>
        Should.Throw<RpcException>(() => MetadataText.Decode([], "x-bin", text)).StatusCode.ShouldBe(StatusCode.Internal);

    [Theory]
    [InlineData("grpc-status")]
    [InlineData("grpc-timeout")]
    [InlineData("grpc-anything")]
    [InlineData("content-type")]
    [InlineData("te")]
    public void Reserved_names_are_neither_sent_nor_shown(string name)
    {
        Should.Throw<InvalidOperationException>(() => MetadataText.Encode(new Metadata.Entry(name, "x"))).Message.ShouldContain(name);
        var metadata = new Metadata();
        MetadataText.Decode(metadata, name, "x");
        metadata.ShouldBeEmpty();
    }

    [Fact]
    public void Details_of_a_status_may_be_sent() =>
        MetadataText.Encode(new Metadata.Entry("grpc-status-details-bin", [1])).ShouldBe("AQ");

    [Theory]
    [InlineData("naïve")]
    [InlineData("a\r\nb")]
    [InlineData("\u007F")]
    public void Text_that_a_header_cannot_carry_is_refused(string value) =>
        Should.Throw<InvalidOperationException>(() => MetadataText.Encode(new Metadata.Entry("x", value)));

    [Fact]
    public void Names_that_only_http_allows_are_passed_over()
    {
        var metadata = new Metadata();
        MetadataText.Decode(metadata, "x!y", "1");
        MetadataText.Decode(metadata, "User-Agent", "peer");
        metadata.Single().Key.ShouldBe("user-agent");
    }
}
