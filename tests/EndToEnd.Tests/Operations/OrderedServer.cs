using Google.Protobuf;
using HaiSoft.Agent.Operations;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Helper.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Containers;
using HaiSoft.Testing.Debian;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Networks;
using HaiSoft.Testing.Packages;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Operations;

/// <summary>
/// A <see cref="ShopServer"/> that trusts a company and takes its orders, handed in on the helper's own sockets as the agent does it;
/// there is no controller.
/// </summary>
internal sealed class OrderedServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TestNetwork _network;
    private readonly RpmRepository _repository;
    private readonly Company _company = new(TimeProvider.System.GetUtcNow());

    private OrderedServer(TestNetwork network, Container machine, RpmRepository repository) => (_network, Machine, _repository) = (network, machine, repository);

    public Container Machine { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // Another one after each boot: its socket lies in the machine's own root.
    private OrdersClient Orders => new(Machine.Path("/run/haisoft/run.sock"), Patience, TimeProvider.System);

    /// <summary>Boots one.</summary>
    /// <param name="later">The later version of the service's package.</param>
    /// <param name="other">Another package that the repository has, which is listed in the catalogue by what <paramref name="list"/> does.</param>
    /// <param name="list">Adds to the catalogue.</param>
    public static async Task<OrderedServer> StartAsync(RpmSpec later, RpmSpec? other = null, Action<Catalogue>? list = null)
    {
        var network = await TestNetwork.CreateAsync(Stop);
        var machine = await Container.StartAsync(network, RootFolder.Rpm, "shop-01", Stop);
        OrderedServer server = new(network, machine, await RpmRepository.CreateAsync(Stop));
        if (other is not null)
            await server._repository.AddAsync(other, Stop);
        await ShopServer.PrepareAsync(machine, server._repository, later);
        await server.TrustAsync(list);
        return server;
    }

    /// <summary>Plans, and hands in an order for that plan.</summary>
    /// <param name="request">What; the update of the service's package when none is given.</param>
    /// <param name="change">Of the order, before it is signed.</param>
    public async Task<Order> OrderAsync(PlanRequest? request = null, Action<Order>? change = null) => await GiveAsync(await PlanAsync(request), change);

    /// <summary>A plan, which there must be.</summary>
    /// <param name="request">What; the update of the service's package when none is given.</param>
    public async Task<ByteString> PlanAsync(PlanRequest? request = null)
    {
        var answer = await ShopServer.PlanAsync(Machine, request);
        answer.Refusal.ShouldBeNull($"{answer.Refusal}\n{await Machine.JournalAsync("haisoft-plan", Stop)}");
        return answer.Plan;
    }

    /// <summary>Hands in an order for a plan.</summary>
    /// <param name="change">Of the order, before it is signed.</param>
    public async Task<Order> GiveAsync(ByteString plan, Action<Order>? change = null)
    {
        var order = PlannedOrder.Of(plan, TimeProvider.System.GetUtcNow());
        change?.Invoke(order);
        var taken = (await Orders.CarryOutAsync(new OrderOffer { Order = ByteString.CopyFrom(_company.Order(order)) }, Stop)).ShouldBeOfType<Measured<JournalAnswer>>().Value;
        taken.Entries.Select(entry => entry.Step.State).ShouldBe([OrderState.Received, OrderState.Verified], $"{taken}");
        return order;
    }

    /// <summary>What the helper's journal has of its orders; null while the helper does not answer.</summary>
    public async Task<JournalAnswer?> ReadAsync() => (await Orders.ReadAsync(new ReadJournal(), Stop) as Measured<JournalAnswer>)?.Value;

    /// <summary>Asks for the journal, as the agent does, until an order has come so far, or has ended.</summary>
    public async Task ReachAsync(Order order, OrderState state) => await Eventually.SeeAsync(
        $"{state}", Patience, async () => await ReadAsync() is { } answer && (!answer.Working || StepsOf(order, answer).Any(step => step.State == state)) ? "" : null, Stop);

    /// <summary>Asks for the journal, as the agent does, until the machine is down.</summary>
    public async Task GoneDownAsync() => await Eventually.SeeAsync(
        "the machine is down", Patience, async () => Machine.IsDown || (await ReadAsync() is null && Machine.IsDown) ? "" : null, Stop);

    /// <summary>Asks for the journal, as the agent does, until every order has ended; the order's steps.</summary>
    public async Task<IReadOnlyList<OrderStep>> EndAsync(Order order)
    {
        var answer = await Eventually.SeeAsync("the order has ended", Patience, async () => await ReadAsync() is { Working: false } answer ? answer : null, Stop);
        return [.. StepsOf(order, answer)];
    }

    /// <summary>The same, and boots the machine again as often as it goes down; how often that was.</summary>
    public async Task<(IReadOnlyList<OrderStep> Steps, int Boots)> EndThroughRebootsAsync(Order order)
    {
        for (var boots = 0; ; boots++)
        {
            var answer = await Eventually.SeeAsync(
                "the order has ended, or the machine is down", Patience,
                async () => Machine.IsDown ? new JournalAnswer { Working = true } : await ReadAsync() is { Working: false } ended ? ended : null, Stop);
            if (!answer.Working)
                return ([.. StepsOf(order, answer)], boots);
            await Machine.BootAgainAsync(Stop);
        }
    }

    /// <summary>What its units said, for a test that fails.</summary>
    public async Task<string> ToldAsync(Order order) =>
        $"{await ReadAsync()}\n{await Machine.JournalAsync("haisoft-run", Stop)}\n{await Machine.JournalAsync(UnitOf(order), Stop)}";

    /// <summary>The unit in which an order is carried out.</summary>
    public static string UnitOf(Order order) => $"haisoft-order-{Convert.ToHexStringLower(order.OrderId.Span)}.service";

    public async ValueTask DisposeAsync()
    {
        await Machine.DisposeAsync();
        await _repository.DisposeAsync();
        await _network.DisposeAsync();
        _company.Dispose();
    }

    private static IEnumerable<OrderStep> StepsOf(Order order, JournalAnswer answer) =>
        answer.Entries.Where(entry => entry.OrderId == order.OrderId && entry.Step is not null).Select(entry => entry.Step);

    private async Task TrustAsync(Action<Catalogue>? list)
    {
        using var folder = new ScratchFolder();
        var (root, catalogue) = ShopServer.Sign(_company, _repository, folder, list);
        await File.WriteAllTextAsync(Machine.Path("/etc/haisoft/root-fingerprint"), Company.Fingerprint(await File.ReadAllBytesAsync(root, Stop)), Stop);
        await Machine.MustAsync(["haisoft-agent", "catalogue", "import", Machine.HandIn(root), Machine.HandIn(catalogue)], Stop);
    }
}
