using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using HaiSoft.Controller.Identity;
using HaiSoft.Protocol.Agent.V1;
using Shouldly;
using Xunit;
using HaiSoft.Controller.Storage;

namespace HaiSoft.Controller.Tests.Identity;

public abstract class RenewalTests(StoreKind kind) : IAsyncDisposable
{
    private readonly RunningController _controller = RunningController.Start(kind);

    public ValueTask DisposeAsync() => _controller.DisposeAsync();

    [Fact]
    public async Task Each_renewal_is_the_next_generation_of_the_same_agent()
    {
        TestAgent first = await _controller.EnrolAsync("web-01");

        TestAgent third = await (await first.RenewAsync()).RenewAsync();

        CertifiedAgent.Of(third.Certificate).ShouldBe(new CertifiedAgent(first.Enrolled.AgentId, 3));
    }

    [Fact]
    public async Task A_renewal_whose_answer_was_lost_can_be_asked_for_again()
    {
        TestAgent agent = await _controller.EnrolAsync("web-01");
        await agent.RenewAsync();

        TestAgent again = await agent.RenewAsync();

        CertifiedAgent.Of(again.Certificate)!.Generation.ShouldBe(3);
    }

    [Fact]
    public async Task A_superseded_certificate_cannot_be_renewed()
    {
        TestAgent first = await _controller.EnrolAsync("web-01");
        TestAgent second = await first.RenewAsync();
        await second.RenewAsync();

        Status status = await RefusalOfAsync(first);

        status.StatusCode.ShouldBe(StatusCode.PermissionDenied);
        status.Detail.ShouldContain("newer certificate");
    }

    [Fact]
    public async Task The_key_of_the_certificate_in_use_is_refused()
    {
        TestAgent agent = await _controller.EnrolAsync("web-01");
        using ECDsa key = agent.Certificate.GetECDsaPrivateKey()!;

        RpcException refused = await Should.ThrowAsync<RpcException>(
            () => agent.Client().RenewAsync(new RenewRequest { CertificateRequestDer = TestAgent.RequestOf(key) }).ResponseAsync);

        refused.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        refused.Status.Detail.ShouldContain("fresh");
    }

    [Fact]
    public async Task Without_a_client_certificate_nothing_is_renewed()
    {
        using ECDsa key = TestAgent.NewKey();

        RpcException refused = await Should.ThrowAsync<RpcException>(
            () => _controller.Enrolment().RenewAsync(new RenewRequest { CertificateRequestDer = TestAgent.RequestOf(key) }).ResponseAsync);

        refused.StatusCode.ShouldBe(StatusCode.Unauthenticated);
        refused.Status.Detail.ShouldContain("haisoftctl enroll-token");
    }

    [Fact]
    public async Task A_certificate_that_somebody_else_signed_with_our_names_is_refused()
    {
        TestAgent agent = await _controller.EnrolAsync("web-01");
        using ECDsa key = TestAgent.NewKey();
        CertificateRequest request = new(agent.Certificate.SubjectName, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new CertifiedAgent(agent.Enrolled.AgentId, 1).ToExtension());
        DateTimeOffset now = _controller.Time.GetUtcNow();
        using X509Certificate2 forged = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        RpcException refused = await Should.ThrowAsync<RpcException>(
            () => _controller.Enrolment(_controller.Ca.Handler(forged))
                .RenewAsync(new RenewRequest { CertificateRequestDer = TestAgent.RequestOf(TestAgent.NewKey()) }).ResponseAsync);

        refused.StatusCode.ShouldBe(StatusCode.Unauthenticated);
        refused.Status.Detail.ShouldContain("not one that this controller's CA signed");
    }

    [Fact]
    public async Task An_expired_certificate_opens_no_link_but_is_renewed_within_30_days()
    {
        TestAgent agent = await _controller.EnrolAsync("web-01");
        _controller.Time.StepWallClock(TimeSpan.FromDays(29));

        using AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> link = agent.Link().Connect();
        RpcException refused = await Should.ThrowAsync<RpcException>(() => link.ResponseStream.MoveNext(CancellationToken.None));
        TestAgent renewed = await agent.RenewAsync();

        refused.StatusCode.ShouldBe(StatusCode.Unauthenticated);
        refused.Status.Detail.ShouldContain("expired");
        CertifiedAgent.Of(renewed.Certificate)!.Generation.ShouldBe(2);
    }

    [Fact]
    public async Task An_expired_certificate_is_not_renewed_after_30_days()
    {
        TestAgent agent = await _controller.EnrolAsync("web-01");
        _controller.Time.StepWallClock(TimeSpan.FromDays(32));

        (await RefusalOfAsync(agent)).Detail.ShouldContain("expired");
    }

    [Fact]
    public async Task A_certificate_that_really_expired_passes_tls_for_the_renewal_alone()
    {
        await using RunningController earlier = RunningController.StartAt(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(20), kind);
        TestAgent agent = await earlier.EnrolAsync("web-01");
        earlier.Time.StepWallClock(TimeSpan.FromDays(20));
        agent.Certificate.NotAfter.ToUniversalTime().ShouldBeLessThan(TimeProvider.System.GetUtcNow().UtcDateTime, "else the handshake has nothing to let through");

        using AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> link = agent.Link().Connect();
        RpcException refused = await Should.ThrowAsync<RpcException>(() => link.ResponseStream.MoveNext(CancellationToken.None));
        TestAgent renewed = await agent.RenewAsync();

        refused.StatusCode.ShouldBe(StatusCode.Unauthenticated);
        CertifiedAgent.Of(renewed.Certificate)!.Generation.ShouldBe(2);
    }

    [Fact]
    public async Task An_expired_certificate_that_is_not_the_last_in_use_is_refused_and_told_to_enrol_again()
    {
        TestAgent first = await _controller.EnrolAsync("web-01");
        TestAgent second = await first.RenewAsync();
        await second.RenewAsync();
        _controller.Time.StepWallClock(TimeSpan.FromDays(2));

        Status status = await RefusalOfAsync(first);

        status.StatusCode.ShouldBe(StatusCode.Unauthenticated);
        status.Detail.ShouldContain("haisoftctl enroll-token");
    }

    private static async Task<Status> RefusalOfAsync(TestAgent agent) => (await Should.ThrowAsync<RpcException>(agent.RenewAsync)).Status;

    public sealed class OnSqlite() : RenewalTests(StoreKind.Sqlite);

    public sealed class OnPostgres() : RenewalTests(StoreKind.Postgres);
}
