using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Agent.Helper.Orders;
using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Agent.Helper.Tools;
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

/// <summary>Orders on their way from the controller to the helper, and what is reported of them.</summary>
public sealed class OrderKeeperTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private readonly Company _company = new();
    private readonly SettableTime _helperTime = new(Company.Now);
    private readonly ResyncSignal _resync = new();
    private OutboxUnderTest _outbox = null!;
    private OrderKeeper _keeper = null!;

    public ValueTask InitializeAsync()
    {
        _folder.Write("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        _outbox = new OutboxUnderTest(_folder);
        _keeper = MakeKeeper();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _outbox.Dispose();
        _company.Dispose();
        _folder.Dispose();
    }

    private OrderKeeper MakeKeeper() => new(
        new OrdersClient(_folder["run.sock"], TimeSpan.FromSeconds(20), TimeProvider.System),
        new ToldEntries(_folder["orders-told"]),
        _outbox.Clock,
        _outbox.Outbox,
        _resync,
        NullLogger<OrderKeeper>.Instance);

    private async Task StopAsync()
    {
        await _keeper.StopAsync(CancellationToken.None);
        _keeper.Dispose();
    }

    private PlanHelper StartHelper()
    {
        TrustStore trust = new(_folder["trust"], _folder["root-fingerprint"], _helperTime);
        OrderJournal journal = new(_folder["orders"], _helperTime);
        OrderTaking taking = new(journal, trust, _folder.Path, _helperTime);
        KeptPlans plans = new(_folder["plans"], _helperTime);
        OrderPreparation preparation = new(plans, new PlanMaker(_folder.Path, _folder.Path, trust, _helperTime), trust, _folder.Path);
        ChildProcess nobody = new(new PackageTool(TimeProvider.System), "/nonexistent", []);
        return new(_folder["run.sock"], new RunDesk(journal, taking, new OrderCourse(journal, taking, preparation, nobody, _helperTime)));
    }

    // The server has no catalogue, so that it refuses every order: two entries.
    private OrderOffer Order(byte number)
    {
        Order order = new() { OrderId = ByteString.CopyFrom([.. new byte[15], number]), ExpiryTime = Company.Now.AddDays(1).ToTimestamp() };
        return new OrderOffer { Order = ByteString.CopyFrom(_company.Order(order)) };
    }

    private async Task<List<OrderReport>> ReportsAsync() =>
        [.. (await _outbox.Outbox.ReadAsync(_outbox.Outbox.Epoch, 0, 1_000_000, CancellationToken.None))
            .Select(record => ReportMapping.Decode(record).Order)
            .Where(order => order is not null)];

    private async Task<List<OrderReport>> ReportsAsync(int count)
    {
        // The time between two tries is the keeper's: it is moved until the reports are there.
        List<OrderReport> reports = await ReportsAsync();
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        for (; reports.Count < count; reports = await ReportsAsync())
        {
            _outbox.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(5, patience.Token);
        }

        return reports;
    }

    [Fact]
    public async Task An_order_is_handed_over_and_each_entry_told_once_also_when_it_comes_again()
    {
        await using PlanHelper helper = StartHelper();
        await _keeper.StartAsync(CancellationToken.None);
        _keeper.Take(Order(1));

        List<OrderReport> reports = await ReportsAsync(2);
        _keeper.Take(Order(1));
        _keeper.Take(Order(2));

        reports.Select(report => (report.Entry, report.Step.State)).ShouldBe([(1, OrderState.Received), (2, OrderState.Refused)]);
        reports[1].Step.Refusal.ShouldBe(TrustRefusal.RootWrongFingerprint);
        (await ReportsAsync(4)).Select(report => (report.OrderId[15], report.Entry)).ShouldBe([((byte)1, 1), ((byte)1, 2), ((byte)2, 1), ((byte)2, 2)]);
    }

    [Fact]
    public async Task An_order_that_found_no_helper_is_handed_over_when_there_is_one()
    {
        _keeper.Take(Order(1));
        await _keeper.StartAsync(CancellationToken.None);
        await _outbox.Time.TimersArmedAsync(1, TestContext.Current.CancellationToken);
        (await ReportsAsync()).ShouldBeEmpty();

        await using PlanHelper helper = StartHelper();

        (await ReportsAsync(2)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task After_a_restart_only_what_is_new_is_told_and_on_a_resync_all_of_it()
    {
        await using PlanHelper helper = StartHelper();
        await _keeper.StartAsync(CancellationToken.None);
        _keeper.Take(Order(1));
        await ReportsAsync(2);
        await UntilNotedAsync();
        await StopAsync();

        _keeper = MakeKeeper();
        _keeper.Take(Order(2));
        await _keeper.StartAsync(CancellationToken.None);
        (await ReportsAsync(4)).Skip(2).ShouldAllBe(report => report.OrderId[15] == 2);
        _resync.Raise();

        (await ReportsAsync(8)).Skip(4).Select(report => (report.OrderId[15], report.Entry)).ShouldBe([((byte)1, 1), ((byte)1, 2), ((byte)2, 1), ((byte)2, 2)], ignoreOrder: true);
    }

    private async Task UntilNotedAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (new ToldEntries(_folder["orders-told"]).Places.Known.All(place => place.Entry < 2))
        {
            _outbox.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, patience.Token);
        }
    }
}
