using Google.Protobuf;
using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Agent.Helper.Trust;
using HaiSoft.Agent.Operations;
using HaiSoft.Agent.Session.Mapping;
using HaiSoft.Agent.Spool;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.Agent.Tests.Spool;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Clock;
using HaiSoft.Testing.Files;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace HaiSoft.Agent.Tests.Operations;

/// <summary>Roots and catalogues on their way from the controller to the helper, and what is reported of them.</summary>
public sealed class TrustKeeperTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private readonly Company _company = new();
    private readonly ResyncSignal _resync = new();
    private OutboxUnderTest _outbox = null!;
    private TrustKeeper _keeper = null!;

    public ValueTask InitializeAsync()
    {
        _outbox = new OutboxUnderTest(_folder);
        OperationsClient client = new(_folder["plan.sock"], TimeSpan.FromSeconds(20), TimeProvider.System);
        _keeper = new TrustKeeper(client, _outbox.Clock, _outbox.Outbox, _resync, NullLogger<TrustKeeper>.Instance);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _keeper.StopAsync(CancellationToken.None);
        _keeper.Dispose();
        _outbox.Dispose();
        _company.Dispose();
        _folder.Dispose();
    }

    private PlanHelper StartHelper()
    {
        SettableTime time = new(Company.Now);
        TrustStore trust = new(_folder["trust"], _folder["root-fingerprint"], time);
        return new(_folder["plan.sock"], new PlanDesk(trust, new PlanMaker(_folder.Path, "/", trust, time)));
    }

    private TrustOffer Offer(long catalogue, byte[] root) =>
        new() { Roots = { ByteString.CopyFrom(root) }, Catalogue = ByteString.CopyFrom(_company.Catalogue(catalogue)) };

    private byte[] PinnedRoot()
    {
        byte[] root = _company.Root(1);
        _folder.Write("root-fingerprint", Company.Fingerprint(root));
        return root;
    }

    private async Task<List<TrustReport>> ReportsAsync() =>
        [.. (await _outbox.Outbox.ReadAsync(_outbox.Outbox.Epoch, 0, 1_000_000, CancellationToken.None))
            .Select(record => ReportMapping.Decode(record).Trust)
            .Where(trust => trust is not null)];

    private async Task<List<TrustReport>> ReportsAsync(int count)
    {
        // The time between two tries is the keeper's: it is moved until the reports are there.
        List<TrustReport> reports = await ReportsAsync();
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        for (; reports.Count < count; reports = await ReportsAsync())
        {
            _outbox.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(5, patience.Token);
        }

        return reports;
    }

    [Fact]
    public async Task What_is_held_is_reported_at_start_after_an_offer_and_on_a_resync()
    {
        byte[] root = PinnedRoot();
        await using PlanHelper helper = StartHelper();
        await _keeper.StartAsync(CancellationToken.None);
        (await ReportsAsync(1))[0].ShouldSatisfyAllConditions(
            trust => trust.Pinned.ShouldBeTrue(),
            trust => trust.CatalogueVersion.ShouldBe(0));

        _keeper.Take(Offer(7, root));
        TrustReport taken = (await ReportsAsync(2))[1];
        taken.CatalogueVersion.ShouldBe(7, taken.RefusalDetail);
        _keeper.Latest.ShouldBe(taken);

        _resync.Raise();
        (await ReportsAsync(3))[2].ShouldBe(taken);
    }

    [Fact]
    public async Task A_refusal_is_reported_and_stands_until_something_else_is_held()
    {
        byte[] root = PinnedRoot();
        await using PlanHelper helper = StartHelper();
        _keeper.Take(Offer(7, root));
        await _keeper.StartAsync(CancellationToken.None);
        await ReportsAsync(1);

        _keeper.Take(Offer(6, root));
        (await ReportsAsync(2))[1].Refusal.ShouldBe(TrustRefusal.CatalogueLowerVersion);
        _resync.Raise();
        (await ReportsAsync(3))[2].Refusal.ShouldBe(TrustRefusal.CatalogueLowerVersion);
        _keeper.Take(Offer(8, root));
        (await ReportsAsync(4))[3].ShouldSatisfyAllConditions(
            trust => trust.Refusal.ShouldBe(TrustRefusal.Unspecified),
            trust => trust.CatalogueVersion.ShouldBe(8));
    }

    [Fact]
    public async Task An_offer_that_found_no_helper_is_made_again()
    {
        byte[] root = PinnedRoot();
        _keeper.Take(Offer(7, root));
        await _keeper.StartAsync(CancellationToken.None);
        await _outbox.Time.TimersArmedAsync(1, TestContext.Current.CancellationToken);
        (await ReportsAsync()).ShouldBeEmpty();

        await using PlanHelper helper = StartHelper();
        (await ReportsAsync(1))[0].CatalogueVersion.ShouldBe(7);
    }
}
