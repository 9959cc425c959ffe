using Google.Protobuf;
using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Agent.Helper.Trust;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.Agent.Tests.Operations;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Clock;
using HaiSoft.Testing.Files;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Session;

/// <summary>Catalogues and plans on the one stream.</summary>
public sealed class OperationsTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private readonly Company _company = new();
    private FakeController _controller = null!;

    public async ValueTask InitializeAsync() => _controller = await FakeController.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _controller.DisposeAsync();
        _company.Dispose();
        _folder.Dispose();
    }

    private PlanHelper StartHelper()
    {
        SettableTime time = new(Company.Now);
        TrustStore trust = new(_folder["helper", "trust"], _folder["root-fingerprint"], time);
        return new(_folder["plan.sock"], new PlanDesk(trust, new PlanMaker(_folder["helper"], "/", trust, time)));
    }

    [Fact]
    public async Task What_the_controller_offers_comes_to_the_helper_and_what_it_holds_comes_back()
    {
        byte[] root = _company.Root(1);
        _folder.Write("root-fingerprint", Company.Fingerprint(root));
        await using PlanHelper helper = StartHelper();
        await using AgentUnderTest agent = new(_controller, _folder);
        await agent.Trust.StartAsync(CancellationToken.None);
        await agent.ConnectAsync();
        await _controller.Link.UntilAsync(() => _controller.Link.Reports.Any(report => report.Trust is { Pinned: true, RootVersion: 0 }));

        TrustOffer offer = new() { Roots = { ByteString.CopyFrom(root) }, Catalogue = ByteString.CopyFrom(_company.Catalogue(7)) };
        _controller.Link.Say(new ConnectResponse { Trust = offer });

        await _controller.Link.UntilAsync(() => _controller.Link.Reports.Any(report => report.Trust is { RootVersion: 1, CatalogueVersion: 7 }));
    }

    [Fact]
    public async Task A_plan_that_is_asked_for_is_answered_also_when_there_is_none()
    {
        await using AgentUnderTest agent = new(_controller, _folder);
        await agent.ConnectAsync();
        await _controller.Link.UntilAsync(() => _controller.Link.Hellos.Count == 1);

        Ask("without-helper");
        await _controller.Link.UntilAsync(() => _controller.Link.Plans.Count == 1);
        await using PlanHelper helper = StartHelper();
        Ask("without-catalogue");
        await _controller.Link.UntilAsync(() => _controller.Link.Plans.Count == 2);

        _controller.Link.Plans.Select(answer => (answer.RequestId, answer.Refusal.Reason))
            .ShouldBe([("without-helper", PlanRefusalReason.Helper), ("without-catalogue", PlanRefusalReason.NoCatalogue)]);
    }

    private void Ask(string id) =>
        _controller.Link.Say(new ConnectResponse { Plan = new PlanRequest { RequestId = id, SecurityUpdates = new SecurityUpdates() } });
}
