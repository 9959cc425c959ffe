using HaiSoft.Agent.Identity;
using HaiSoft.Agent.Linux;
using HaiSoft.Agent.Operations;
using HaiSoft.Agent.Readings.Observations;
using HaiSoft.Agent.Services;
using HaiSoft.Agent.Session;
using HaiSoft.Agent.Session.Mapping;
using HaiSoft.Agent.Spool;
using HaiSoft.Testing.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace HaiSoft.Agent.Tests.Session;

/// <summary>The spool and the session of an agent, as the daemon puts them together, without sensors.</summary>
internal sealed class AgentUnderTest : IAsyncDisposable
{
    private readonly Link _link;

    public AgentUnderTest(FakeController controller, ScratchFolder folder, ServicesOptions? services = null, SpoolOptions? spool = null, LinkOptions? link = null)
    {
        Folder = new StateFolder(folder.Path);
        Clock = AgentClock.OfHost(FileRoots.System);
        Series = new SeriesCatalogue(Folder["series"], spoolIsNew: true);
        Outbox = new Outbox(
            () => new SpoolDisk(Folder.Spool), spool ?? new SpoolOptions(), Clock, observation => ReportMapping.Encode(observation, Series), NullLogger<Outbox>.Instance);
        Identity = new CurrentIdentity(controller.MakeIdentity());
        Liveness liveness = new(Clock.Time);
        ServicesOptions options = services ?? new ServicesOptions { Discover = false };
        Catalogue = new ServiceCatalogue(options);
        UnitWatch watch = new(FileRoots.System);
        Systemctl systemctl = new(FileRoots.Below("/nonexistent"), Clock);
        CheckRunner runner = new(systemctl, FileRoots.System, watch, Clock, options);
        Monitor = new ServiceMonitor(
            Catalogue, new Discovery(FileRoots.System, Catalogue), runner, watch, options, Clock, Outbox, Resync, liveness, NullLogger<ServiceMonitor>.Instance);
        OperationsClient operations = new(Folder["plan.sock"], TimeSpan.FromSeconds(20), Clock.Time);
        Trust = new TrustKeeper(operations, Clock, Outbox, Resync, NullLogger<TrustKeeper>.Instance);
        OrdersClient orders = new(Folder["run.sock"], TimeSpan.FromSeconds(20), Clock.Time);
        Orders = new OrderKeeper(orders, new ToldEntries(Folder["orders-told"]), Clock, Outbox, Resync, NullLogger<OrderKeeper>.Instance);
        ControllerWishes wishes = new(
            Catalogue,
            Monitor,
            Resync,
            Series,
            Outbox.Faults,
            new KeptConfiguration(Folder, NullLogger<KeptConfiguration>.Instance),
            Trust,
            operations,
            Orders,
            NullLogger<ControllerWishes>.Instance);
        _link = new Link(
            link ?? new LinkOptions(),
            Identity,
            Outbox,
            Clock,
            new ControllerClock(Clock.Time, TimeSpan.Zero),
            wishes,
            Series,
            State,
            liveness,
            NullLogger<Link>.Instance);
    }

    public StateFolder Folder { get; }

    public AgentClock Clock { get; }

    public SeriesCatalogue Series { get; }

    public Outbox Outbox { get; }

    public CurrentIdentity Identity { get; }

    public ServiceCatalogue Catalogue { get; }

    public ServiceMonitor Monitor { get; }

    public TrustKeeper Trust { get; }

    public OrderKeeper Orders { get; }

    public ResyncSignal Resync { get; } = new();

    public LinkState State { get; } = new();

    public Task ConnectAsync() => _link.StartAsync(CancellationToken.None);

    /// <summary>Hands over a small observation.</summary>
    public void Observe(string detail, Priority priority = Priority.Ordinary) =>
        Outbox.Submit(new AgentFaultObserved(Clock.Now(), AgentPart.Helper, Failing: true, detail), priority);

    public async ValueTask DisposeAsync()
    {
        await _link.StopAsync(CancellationToken.None);
        _link.Dispose();
        await Trust.StopAsync(CancellationToken.None);
        Trust.Dispose();
        await Orders.StopAsync(CancellationToken.None);
        Orders.Dispose();
        Outbox.Dispose();
        Series.Dispose();
    }
}
