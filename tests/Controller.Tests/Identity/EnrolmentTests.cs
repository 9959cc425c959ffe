using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaiSoft.Controller.Identity;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust;
using Shouldly;
using Xunit;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Tests.Identity;

public abstract class EnrolmentTests(StoreKind kind) : IAsyncLifetime
{
    private readonly RunningController _controller = RunningController.Start(kind);

    public async ValueTask InitializeAsync() => await _controller.AddServerAsync("web-01");

    public ValueTask DisposeAsync() => _controller.DisposeAsync();

    [Fact]
    public async Task A_token_becomes_a_certificate_of_24_hours_that_names_the_agent_alone()
    {
        using ECDsa key = TestAgent.NewKey();
        EnrolRequest request = TestAgent.Request(_controller, await _controller.TokenForAsync("web-01"), key);
        request.CertificateRequestDer = TestAgent.RequestOf(key, "CN=root, O=Somebody else");

        EnrolResponse response = await _controller.Enrolment().EnrolAsync(request);

        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(response.CertificateDer.Span);
        certificate.Subject.ShouldBe($"CN={response.AgentId}");
        CertifiedAgent.Of(certificate).ShouldBe(new CertifiedAgent(response.AgentId, 1));
        certificate.Extensions["2.5.29.17"]!.Format(false).ShouldContain($"urn:haisoft:agent:{response.AgentId}");
        (CertificateDates.ExpiryOf(certificate) - _controller.Time.GetUtcNow()).ShouldBe(TimeSpan.FromHours(24), TimeSpan.FromSeconds(1));
        response.ServerName.ShouldBe("web-01");
        response.CaCertificatesDer.Single().Span.SequenceEqual(_controller.Service<CertificateAuthority>().Certificate.RawData).ShouldBeTrue();
    }

    [Fact]
    public async Task The_ca_of_the_tokens_hash_is_shown_in_the_handshake()
    {
        string token = await _controller.TokenForAsync("web-01");
        X509Certificate2 shown = _controller.Service<ServerCertificate>().Context.TargetCertificate;

        using X509Certificate2 ca = EmbeddedAuthority.Find(shown)!;

        token.Split('.')[2].ShouldBe(System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(ca.RawData)));
    }

    [Fact]
    public async Task A_token_used_twice_is_refused_and_the_detail_says_when_and_what_to_do()
    {
        string token = await _controller.TokenForAsync("web-01");
        await TestAgent.EnrolAsync(_controller, token);

        Status status = await RefusalOfAsync(token);

        status.StatusCode.ShouldBe(StatusCode.PermissionDenied);
        status.Detail.ShouldContain("was used already");
        status.Detail.ShouldContain("haisoftctl revoke --server web-01");
    }

    [Fact]
    public async Task A_token_that_has_expired_is_refused()
    {
        string token = await _controller.TokenForAsync("web-01");
        _controller.Time.StepWallClock(TimeSpan.FromMinutes(10));

        Status status = await RefusalOfAsync(token);

        status.StatusCode.ShouldBe(StatusCode.PermissionDenied);
        status.Detail.ShouldContain("expired");
        status.Detail.ShouldContain("haisoftctl enroll-token --server web-01");
    }

    [Fact]
    public async Task A_token_for_another_server_is_refused_and_not_spent()
    {
        string token = await _controller.TokenForAsync("web-01");
        using ECDsa key = TestAgent.NewKey();
        EnrolRequest request = TestAgent.Request(_controller, token, key);
        request.ServerName = "web-02";

        Status status = (await Should.ThrowAsync<RpcException>(() => _controller.Enrolment().EnrolAsync(request).ResponseAsync)).Status;

        status.StatusCode.ShouldBe(StatusCode.PermissionDenied);
        status.Detail.ShouldContain("for another server than 'web-02'");
        (await TestAgent.EnrolAsync(_controller, token)).Enrolled.ServerName.ShouldBe("web-01");
    }

    [Theory]
    [InlineData("", StatusCode.InvalidArgument, "not whole")]
    [InlineData("hse1.AAAA", StatusCode.InvalidArgument, "not whole")]
    [InlineData(
        "hse1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        StatusCode.PermissionDenied,
        "another controller")]
    public async Task A_text_that_is_no_token_of_this_controller_is_refused(string token, StatusCode expected, string words)
    {
        Status status = await RefusalOfAsync(token);

        status.StatusCode.ShouldBe(expected);
        status.Detail.ShouldContain(words);
    }

    [Fact]
    public async Task A_secret_that_was_never_given_out_is_refused()
    {
        string ca = (await _controller.TokenForAsync("web-01")).Split('.')[2];

        Status status = await RefusalOfAsync($"hse1.{new string('A', 43)}.{ca}");

        status.StatusCode.ShouldBe(StatusCode.PermissionDenied);
        status.Detail.ShouldContain("unknown");
    }

    [Fact]
    public async Task A_request_with_another_curve_a_false_signature_or_rubbish_is_not_usable_and_spends_nothing()
    {
        string token = await _controller.TokenForAsync("web-01");
        using ECDsa p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using RSA rsa = RSA.Create(2048);
        byte[] forged = TestAgent.RequestOf(TestAgent.NewKey()).ToByteArray();
        forged[^1] ^= 1;
        ByteString[] unusable =
        [
            ByteString.CopyFrom(new CertificateRequest("CN=x", p384, HashAlgorithmName.SHA384).CreateSigningRequest()),
            ByteString.CopyFrom(new CertificateRequest("CN=x", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest()),
            ByteString.CopyFrom(forged),
            ByteString.CopyFromUtf8("rubbish"),
            ByteString.CopyFrom(new byte[100_000]),
            ByteString.Empty,
        ];

        foreach (ByteString request in unusable)
        {
            EnrolRequest enrol = new() { Token = token, CertificateRequestDer = request };
            RpcException refused = await Should.ThrowAsync<RpcException>(() => _controller.Enrolment().EnrolAsync(enrol).ResponseAsync);
            refused.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        }

        await TestAgent.EnrolAsync(_controller, token);
    }

    [Fact]
    public async Task A_clock_a_day_off_enrols_and_is_told_the_controllers_time()
    {
        using ECDsa key = TestAgent.NewKey();
        EnrolRequest request = TestAgent.Request(_controller, await _controller.TokenForAsync("web-01"), key);
        request.SentTime = (_controller.Time.GetUtcNow() - TimeSpan.FromDays(1)).ToTimestamp();

        EnrolResponse response = await _controller.Enrolment().EnrolAsync(request);

        response.ServerTime.ToDateTimeOffset().ShouldBe(_controller.Time.GetUtcNow(), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_server_that_is_enrolled_again_leaves_its_old_identity_revoked()
    {
        TestAgent old = await TestAgent.EnrolAsync(_controller, await _controller.TokenForAsync("web-01"));

        TestAgent next = await TestAgent.EnrolAsync(_controller, await _controller.TokenForAsync("web-01"));

        next.Enrolled.AgentId.ShouldNotBe(old.Enrolled.AgentId);
        RpcException refused = await Should.ThrowAsync<RpcException>(old.RenewAsync);
        refused.StatusCode.ShouldBe(StatusCode.PermissionDenied);
        refused.Status.Detail.ShouldContain("enrolled again");
        await next.RenewAsync();
    }

    private async Task<Status> RefusalOfAsync(string token)
    {
        using ECDsa key = TestAgent.NewKey();
        EnrolRequest request = TestAgent.Request(_controller, token, key);
        return (await Should.ThrowAsync<RpcException>(() => _controller.Enrolment().EnrolAsync(request).ResponseAsync)).Status;
    }

    public sealed class OnSqlite() : EnrolmentTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : EnrolmentTests(StoreKind.Postgres);
}
