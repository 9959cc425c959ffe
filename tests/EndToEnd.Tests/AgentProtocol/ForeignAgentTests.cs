using System.Text.Json.Nodes;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.AgentProtocol;

/// <summary>The wire is gRPC and the certificate is the only identity (DESIGN 3, 4): judged by a client that is not ours.</summary>
public sealed class ForeignAgentTests(EnrolledServers servers) : IClassFixture<EnrolledServers>
{
    [Fact]
    public async Task An_enrolled_certificate_is_welcome_and_its_report_is_acknowledged()
    {
        Require();

        var events = await RunAsync(identity: servers.First, claim: ForeignAgent.IdOf(servers.First));

        events.ShouldContain(happened => happened.ContainsKey("welcome"), Told(events));
        events.Single(happened => happened.ContainsKey("ack"))["ack"]!["sequence"]!.GetValue<long>().ShouldBe(1);
        StatusOf(events).ShouldBe(StatusCode.OK, Told(events));
    }

    [Fact]
    public async Task Without_a_certificate_nobody_gets_in()
    {
        Require();

        var events = await RunAsync(identity: null, claim: ForeignAgent.IdOf(servers.First));

        events.ShouldNotContain(happened => happened.ContainsKey("welcome"), Told(events));
        StatusOf(events).ShouldBeOneOf(StatusCode.Unauthenticated, StatusCode.Unavailable);
    }

    [Fact]
    public async Task An_agent_that_claims_another_ones_id_is_refused()
    {
        Require();

        var events = await RunAsync(identity: servers.Second, claim: ForeignAgent.IdOf(servers.First));

        events.ShouldNotContain(happened => happened.ContainsKey("welcome"), Told(events));
        StatusOf(events).ShouldBeOneOf(StatusCode.PermissionDenied, StatusCode.Unauthenticated, StatusCode.InvalidArgument);
    }

    private static void Require()
    {
        Assert.SkipWhen(EnrolledServers.WhyNot() is not null, EnrolledServers.WhyNot() ?? "");
    }

    private static StatusCode StatusOf(IReadOnlyList<JsonObject> events) =>
        (StatusCode)events.Single(happened => happened.ContainsKey("status"))["status"]!["code"]!.GetValue<int>();

    private static string Told(IEnumerable<JsonObject> events) => string.Join('\n', events.Select(happened => happened.ToJsonString()));

    private Task<IReadOnlyList<JsonObject>> RunAsync(string? identity, string claim) =>
        ForeignAgent.RunAsync(servers.Network, servers.Controller, identity, servers.First, claim, TestContext.Current.CancellationToken);
}
