using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using HaiSoft.Protocol.Tests.Grpc.Parts;
using Shouldly;
using Xunit;

namespace HaiSoft.Protocol.Tests.Grpc.BrokenFrames;

/// <summary>Our server against a client that speaks HTTP/2 well and gRPC badly.</summary>
public sealed class BrokenClientTests(ClearHost server) : IClassFixture<ClearHost>
{
    private const string Empty = "0000000000";

    public static TheoryData<string, string, string, StatusCode> Requests { get; } = new()
    {
        { "well", "", Empty, StatusCode.OK },
        { "a length above 2 GiB", "", "00FFFFFFFF0102", StatusCode.ResourceExhausted },
        { "a length above the limit", "", "00004000010102", StatusCode.ResourceExhausted },
        { "a message that is cut", "", "000000000A0102", StatusCode.Internal },
        { "a header that is cut", "", "000000", StatusCode.Internal },
        { "a wrong compressed flag", "", "0700000000", StatusCode.Internal },
        { "a flag without an encoding", "", "0100000000", StatusCode.Internal },
        { "a flag with identity", "grpc-encoding: identity", "0100000000", StatusCode.Internal },
        { "what is no protobuf", "", "0000000003FFFFFF", StatusCode.Internal },
        { "no message", "", "", StatusCode.Unimplemented },
        { "two messages", "", Empty + Empty, StatusCode.Unimplemented },
        { "gzip", "grpc-encoding: gzip", Gzip([0x0A, 0x00]), StatusCode.OK },
        { "gzip that is garbage", "grpc-encoding: gzip", "01000000040102FFFF", StatusCode.Internal },
        { "gzip that is cut", "grpc-encoding: gzip", Frame(Compress(new byte[9999])[..15]), StatusCode.Internal },
        { "a gzip bomb", "grpc-encoding: gzip", Gzip(new byte[64 * 1024 * 1024]), StatusCode.ResourceExhausted },
        { "an unknown encoding", "grpc-encoding: zippy", Empty, StatusCode.Unimplemented },
        { "a timeout without a unit", "grpc-timeout: 10", Empty, StatusCode.Internal },
        { "a timeout with a wrong unit", "grpc-timeout: 10x", Empty, StatusCode.Internal },
        { "a timeout with nine digits", "grpc-timeout: 123456789S", Empty, StatusCode.Internal },
        { "a negative timeout", "grpc-timeout: -1S", Empty, StatusCode.Internal },
        { "bytes that are no base64", "x-bytes-bin: !!!", Empty, StatusCode.Internal },
        { "a content type with a format", "content-type: application/grpc+proto", Empty, StatusCode.OK },
        { "no te", "te: ", Empty, StatusCode.OK },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task The_server_tells_the_status_that_the_specification_names(string what, string header, string body, StatusCode expected)
    {
        var answer = await AskAsync("/grpc.testing.TestService/EmptyCall", header, body);

        answer.TimedOut.ShouldBeFalse(what);
        answer.HttpStatus.ShouldBe(200);
        answer.GrpcStatus.ShouldBe(((int)expected).ToString(CultureInfo.InvariantCulture), answer.GrpcMessage);
    }

    [Fact]
    public async Task An_unknown_encoding_is_answered_with_those_that_are_known() =>
        (await AskAsync("/grpc.testing.TestService/EmptyCall", "grpc-encoding: zippy", Empty)).Field("grpc-accept-encoding").ShouldBe("identity,gzip");

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("application/grpcish")]
    public async Task Another_content_type_is_answered_with_415(string contentType) =>
        (await AskAsync("/grpc.testing.TestService/EmptyCall", $"content-type: {contentType}", Empty)).HttpStatus.ShouldBe(415);

    [Fact]
    public async Task A_get_is_answered_with_405() =>
        (await AskAsync("/grpc.testing.TestService/EmptyCall", ":method: GET", "")).HttpStatus.ShouldBe(405);

    [Fact]
    public async Task Http_1_is_answered_with_426()
    {
        using var client = new HttpClient();
        using var content = new ByteArrayContent(new byte[5]) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } };
        using var response = await client.PostAsync(new Uri($"http://127.0.0.1:{server.Host.MixedPort}/grpc.testing.TestService/EmptyCall"), content);

        response.StatusCode.ShouldBe(HttpStatusCode.UpgradeRequired);
    }

    [Fact]
    public async Task A_deadline_ends_a_call_whose_message_never_comes()
    {
        var answer = await RawAnswer.AskAsync(
            server.Host.ClearPort,
            new { headers = Headers("/grpc.testing.TestService/EmptyCall", "grpc-timeout: 300m"), body = new[] { "00" }, end = false });

        answer.TimedOut.ShouldBeFalse();
        answer.GrpcStatus.ShouldBe("4");
    }

    private static byte[] Compress(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    private static string Gzip(byte[] plain) => Frame(Compress(plain));

    private static string Frame(byte[] payload) => $"01{payload.Length:X8}{Convert.ToHexString(payload)}";

    private static Dictionary<string, string> Headers(string path, string header)
    {
        var headers = new Dictionary<string, string> { [":path"] = path };
        if (header.Length > 0)
        {
            var colon = header.IndexOf(':', 1);
            headers[header[..colon]] = header[(colon + 1)..].Trim();
        }

        return headers;
    }

    private Task<RawAnswer> AskAsync(string path, string header, string body)
    {
        Assert.SkipWhen(NodePeer.Missing is not null, NodePeer.Missing ?? string.Empty);
        return RawAnswer.AskAsync(server.Host.ClearPort, new { headers = Headers(path, header), body = new[] { body } });
    }
}

/// <summary>Our server, for many tests.</summary>
public sealed class ClearHost : IAsyncLifetime
{
    internal InteropHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await InteropHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
