using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Protocol.Trust.Envelopes;
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

/// <summary>The packaged helper plans an update on a booted server, with all that its unit forbids it.</summary>
[Trait("Category", "Machines")]
public sealed class PlanTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_update_is_planned_with_the_service_that_it_restarts_and_the_configuration_that_it_touches_and_changes_nothing()
    {
        ShopServer.SkipWithoutTools();
        await using var network = await TestNetwork.CreateAsync(Stop);
        await using var server = await Container.StartAsync(network, RootFolder.Rpm, "shop-01", Stop);
        await using var repository = await RpmRepository.CreateAsync(Stop);
        await ShopServer.PrepareAsync(server, repository);
        using var company = new Company(TimeProvider.System.GetUtcNow());
        using var folder = new ScratchFolder();
        var (root, catalogue) = ShopServer.Sign(company, repository, folder);

        (await server.RunAsync(["haisoft-agent", "catalogue", "import", server.HandIn(root)], Stop)).Error.ShouldContain("/etc/haisoft/root-fingerprint");
        await File.WriteAllTextAsync(server.Path("/etc/haisoft/root-fingerprint"), Company.Fingerprint(await File.ReadAllBytesAsync(root, Stop)), Stop);
        (await server.MustAsync(["haisoft-agent", "catalogue", "import", server.HandIn(root), server.HandIn(catalogue)], Stop))
            .ShouldContain("root 1 until");
        var before = await server.MustAsync(["rpm", "--query", "--all"], Stop);
        var answer = await ShopServer.PlanAsync(server);

        answer.Refusal.ShouldBeNull($"{answer.Refusal}\n{await server.JournalAsync("haisoft-plan", Stop)}");
        var plan = ExactBytes.Read(Plan.Parser, answer.Plan.Span).Accepted;
        plan.Changes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            change => change.Action.ShouldBe(PackageAction.Upgrade),
            change => change.OldVersion.ShouldBe("0:1.0-1"),
            change => change.NewVersion.ShouldBe("0:1.1-1"));
        plan.RestartedUnits.ShouldBe(["shop.service"]);
        plan.ConfigurationFiles.ShouldHaveSingleItem().Path.ShouldBe("/etc/shop/conf");
        (await server.MustAsync(["rpm", "--query", "--all"], Stop)).ShouldBe(before);
        (await server.MustAsync(["stat", "--format=%U %a", "/var/lib/haisoft-helper", "/var/lib/haisoft-helper/plans"], Stop)).ShouldBe("root 700\nroot 700\n");
        (await server.MustAsync(["stat", "--format=%U:%G %a", "/run/haisoft/plan.sock"], Stop)).ShouldBe("root:haisoft-agent 660\n");
    }

    [Fact]
    public async Task What_a_technician_publishes_comes_to_the_server_which_plans_by_it()
    {
        ShopServer.SkipWithoutTools();
        await using var network = await TestNetwork.CreateAsync(Stop);
        await using var controller = await ControllerProgram.StartAsync(network, Stop);
        await using var server = await Container.StartAsync(network, RootFolder.Rpm, "shop-01", Stop);
        await using var repository = await RpmRepository.CreateAsync(Stop);
        await ShopServer.PrepareAsync(server, repository);
        using var company = new Company(TimeProvider.System.GetUtcNow());
        using var folder = new ScratchFolder();
        var (root, catalogue) = ShopServer.Sign(company, repository, folder);
        await File.WriteAllTextAsync(server.Path("/etc/haisoft/root-fingerprint"), Company.Fingerprint(await File.ReadAllBytesAsync(root, Stop)), Stop);
        await AgentPackage.InstallAsync(server, controller, "shop-01", "{}", Stop);

        (await controller.CtlAsync(["root", "publish", root], Stop)).Succeeded();
        (await controller.CtlAsync(["catalogue", "publish", catalogue], Stop)).Succeeded();
        await Eventually.SeeAsync("the server holds the catalogue", Patience, () => HeldAsync(controller), Stop);
        var kept = folder["plan"];
        var shown = (await controller.CtlAsync(["plan", "update", "shop-01", "shop", "--out", kept], Stop)).Succeeded();

        shown.ShouldContain("0:1.1-1");
        shown.ShouldContain("To be restarted: shop.service");
        shown.ShouldContain("/etc/shop/conf");
        ExactBytes.Read(Plan.Parser, await File.ReadAllBytesAsync(kept, Stop)).Accepted.Changes.ShouldHaveSingleItem().Name.ShouldBe("shop");
        var unlisted = await controller.CtlAsync(["plan", "update", "shop-01", "bash"], Stop);
        unlisted.ExitCode.ShouldBe(4);
        unlisted.Error.ShouldContain("NotListed");
    }

    private static async Task<string?> HeldAsync(ControllerProgram controller)
    {
        var state = await controller.CtlJsonAsync(["catalogue", "state"], Stop);
        return state["servers"]!.AsArray().Any(server => server!["catalogue_version"]!.GetValue<long>() == 1) ? state.ToJsonString() : null;
    }
}
