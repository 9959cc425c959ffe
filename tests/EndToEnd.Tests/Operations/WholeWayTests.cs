using System.Text.Json.Nodes;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Testing.Containers;
using HaiSoft.Testing.Debian;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Networks;
using HaiSoft.Testing.Packages;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Operations;

/// <summary>From the ceremonies to the proven outcome and back, by haisoftctl alone: published, planned, approved, sent, carried out, told, undone.</summary>
[Trait("Category", "Machines")]
public sealed class WholeWayTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] Ends = ["succeeded", "failed", "refused", "unknown", "expired"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_enough_have_signed_is_carried_out_and_told_with_what_was_found_and_nothing_before()
    {
        ShopServer.SkipWithoutTools();
        await using var network = await TestNetwork.CreateAsync(Stop);
        await using var controller = await ControllerProgram.StartAsync(network, Stop);
        await using var server = await Container.StartAsync(network, RootFolder.Rpm, "shop-01", Stop);
        await using var repository = await RpmRepository.CreateAsync(Stop);
        await repository.AddAsync(new RpmSpec("extra", "1.0") { Header = [ShopServer.Alone] }, Stop);
        await ShopServer.PrepareAsync(server, repository);
        using var folder = new ScratchFolder();
        var ceremony = new Ceremony(controller, folder);
        await ceremony.HoldAsync(ShopServer.Listed(repository), "extra", "shop");
        await File.WriteAllTextAsync(
            server.Path("/etc/haisoft/root-fingerprint"), Company.Fingerprint(await File.ReadAllBytesAsync(ceremony.Root, Stop)), Stop);
        await AgentPackage.InstallAsync(server, controller, "shop-01", "{}", Stop);
        (await controller.CtlAsync(["root", "publish", ceremony.Root], Stop)).Succeeded();
        (await controller.CtlAsync(["catalogue", "publish", ceremony.Catalogue], Stop)).Succeeded();
        await Eventually.SeeAsync("the server holds the catalogue", Patience, () => HeldAsync(controller), Stop);

        // One signature is enough for an update of what is installed.
        var update = await DraftAsync(controller, "update", "shop");
        (await StateAsync(controller, update)).ShouldBe("awaiting_approval");
        (await ceremony.ApproveAsync(update, "emma")).Succeeded().ShouldContain("All have signed who must");
        (await EndAsync(controller, update)).ShouldBe("succeeded", await ToldAsync(controller, server, update));

        (await VersionOfAsync(server, "shop")).ShouldBe("1.1\n");
        (await server.MustAsync(["systemctl", "is-active", "shop.service"], Stop)).ShouldBe("active\n");
        var watched = (await controller.CtlAsync(["operation", "watch", update], Stop)).Succeeded();
        watched.ShouldContain("verified");
        watched.ShouldContain("succeeded");

        // Two are needed to bring back what was there before.
        var undo = (await controller.CtlJsonAsync(["undo", update], Stop))["operation"]!["operation_id"]!.GetValue<string>();
        (await ceremony.ApproveAsync(undo, "emma")).Succeeded().ShouldContain("1 more must sign");
        (await ceremony.ApproveAsync(undo, "farid")).Succeeded();
        (await EndAsync(controller, undo)).ShouldBe("succeeded", await ToldAsync(controller, server, undo));
        (await VersionOfAsync(server, "shop")).ShouldBe("1.0\n");
        (await server.MustAsync(["systemctl", "is-active", "shop.service"], Stop)).ShouldBe("active\n");
        (await controller.CtlAsync(["operation", "show", update], Stop)).Succeeded().ShouldContain($"operation {undo}, succeeded");

        // Two are needed to install what was not there.
        var install = await DraftAsync(controller, "install", "extra");
        (await ceremony.ApproveAsync(install, "emma")).Succeeded().ShouldContain("1 more must sign");
        (await ceremony.ApproveAsync(install, "emma")).Error.ShouldContain("signed already");
        (await server.RunAsync(["rpm", "--query", "extra"], Stop)).ExitCode.ShouldBe(1);
        (await StateAsync(controller, install)).ShouldBe("awaiting_approval");
        (await ceremony.ApproveAsync(install, "farid")).Succeeded();
        (await EndAsync(controller, install)).ShouldBe("succeeded", await ToldAsync(controller, server, install));
        (await VersionOfAsync(server, "extra")).ShouldBe("1.0\n");
    }

    private static async Task<string> DraftAsync(ControllerProgram controller, string kind, string package) =>
        (await controller.CtlJsonAsync(["operation", "new", kind, "shop-01", package], Stop))["operation"]!["operation_id"]!.GetValue<string>();

    private static async Task<string> StateAsync(ControllerProgram controller, string operation) =>
        (await controller.CtlJsonAsync(["operation", "show", operation], Stop))["operation"]!["state"]!.GetValue<string>();

    private static Task<string> EndAsync(ControllerProgram controller, string operation) => Eventually.SeeAsync(
        "the operation has ended", Patience, async () => await StateAsync(controller, operation) is var state && Ends.Contains(state) ? state : null, Stop);

    private static async Task<string> ToldAsync(ControllerProgram controller, Container server, string operation) =>
        $"{(await controller.CtlAsync(["operation", "show", operation], Stop)).Output}\n{await server.JournalAsync("haisoft-run", Stop)}\n{await server.JournalAsync("haisoft-agent", Stop)}";

    private static Task<string> VersionOfAsync(Container server, string package) =>
        server.MustAsync(["rpm", "--query", "--queryformat", "%{VERSION}\n", package], Stop);

    private static async Task<string?> HeldAsync(ControllerProgram controller)
    {
        JsonNode state = await controller.CtlJsonAsync(["catalogue", "state"], Stop);
        return state["servers"]!.AsArray().Any(server => server!["catalogue_version"]!.GetValue<long>() == 1) ? state.ToJsonString() : null;
    }
}
