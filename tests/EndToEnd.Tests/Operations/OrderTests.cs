using Google.Protobuf;
using HaiSoft.Agent.Operations;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Helper.V1;
using HaiSoft.Testing.Containers;
using HaiSoft.Testing.Debian;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Networks;
using HaiSoft.Testing.Packages;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Operations;

/// <summary>The packaged helper carries a signed order out on a booted server, in a unit of its own.</summary>
[Trait("Category", "Machines")]
public sealed class OrderTests
{
    // rpm runs it itself: it says that it has begun, and waits until it may go on.
    private const string Waiting = "%post -p <lua>\nio.open('/begun', 'w'):close()\nwhile not posix.stat('/go') do posix.sleep(1) end";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_update_is_carried_out_and_its_service_restarted_although_the_job_is_restarted_in_the_middle()
    {
        ShopServer.SkipWithoutTools();
        await using var network = await TestNetwork.CreateAsync(Stop);
        await using var server = await Container.StartAsync(network, RootFolder.Rpm, "shop-01", Stop);
        await using var repository = await RpmRepository.CreateAsync(Stop);
        await ShopServer.PrepareAsync(server, repository, Waiting);
        using var company = new Company(TimeProvider.System.GetUtcNow());
        using var folder = new ScratchFolder();
        var (root, catalogue) = ShopServer.Sign(company, repository, folder);
        await File.WriteAllTextAsync(server.Path("/etc/haisoft/root-fingerprint"), Company.Fingerprint(await File.ReadAllBytesAsync(root, Stop)), Stop);
        await server.MustAsync(["haisoft-agent", "catalogue", "import", server.HandIn(root), server.HandIn(catalogue)], Stop);
        var plan = await ShopServer.PlanAsync(server);
        plan.Refusal.ShouldBeNull($"{plan.Refusal}");
        var order = PlannedOrder.Of(plan.Plan, TimeProvider.System.GetUtcNow());
        var unit = $"haisoft-order-{Convert.ToHexStringLower(order.OrderId.Span)}.service";
        var before = await MainProcessAsync(server);
        OrdersClient client = new(server.Path("/run/haisoft/run.sock"), Patience, TimeProvider.System);

        var taken = (await client.CarryOutAsync(new OrderOffer { Order = ByteString.CopyFrom(company.Order(order)) }, Stop)).ShouldBeOfType<Measured<JournalAnswer>>().Value;
        taken.Entries.Select(entry => entry.Step.State).ShouldBe([OrderState.Received, OrderState.Verified], $"{taken}");
        await Eventually.SeeAsync("the package's script has begun", Patience, async () => File.Exists(server.Path("/begun")) ? "" : await EndedAsync(client), Stop);
        (await server.MustAsync(["systemctl", "show", "--property=ControlGroup", unit], Stop)).ShouldContain(unit);
        await server.MustAsync(["systemctl", "restart", "haisoft-run.service", "haisoft-plan.service"], Stop);
        (await ReadAsync(client)).Working.ShouldBeTrue();
        await File.WriteAllTextAsync(server.Path("/go"), "", Stop);
        await Eventually.SeeAsync("the order has ended", Patience, () => EndedAsync(client), Stop);

        var steps = (await ReadAsync(client)).Entries.Where(entry => entry.Step is not null).Select(entry => entry.Step).ToList();
        var told = $"{string.Join('\n', steps)}\n{await server.JournalAsync("haisoft-run", Stop)}\n{await server.JournalAsync(unit, Stop)}";
        steps.Select(step => step.State).ShouldBe(
            [OrderState.Received, OrderState.Verified, OrderState.Fetched, OrderState.Intent, OrderState.Running, OrderState.Succeeded], told);
        steps[^1].Outcome.Units.ShouldBe([new UnitOutcome { Unit = "shop.service", RanBefore = true, RunsNow = true }]);
        (await MainProcessAsync(server)).ShouldNotBe(before);
        (await server.MustAsync(["rpm", "--query", "--queryformat", "%{VERSION}\n", "shop"], Stop)).ShouldBe("1.1\n");
    }

    private static async Task<string> MainProcessAsync(Container server) => await server.MustAsync(["systemctl", "show", "--property=MainPID", "shop.service"], Stop);

    private static async Task<JournalAnswer> ReadAsync(OrdersClient client) =>
        (await client.ReadAsync(new ReadJournal(), Stop)).ShouldBeOfType<Measured<JournalAnswer>>().Value;

    private static async Task<string?> EndedAsync(OrdersClient client)
    {
        var answer = await ReadAsync(client);
        return !answer.Working ? string.Join('\n', answer.Entries) : null;
    }
}
