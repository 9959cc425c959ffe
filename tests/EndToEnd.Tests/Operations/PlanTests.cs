using HaiSoft.Agent.Operations;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Containers;
using HaiSoft.Testing.Debian;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Networks;
using HaiSoft.Testing.Packages;
using HaiSoft.Testing.Processes;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Operations;

/// <summary>The packaged helper plans an update on a booted server, with all that its unit forbids it.</summary>
[Trait("Category", "Machines")]
public sealed class PlanTests
{
    private const string RepositoryUrl = "http://127.0.0.1:8080/";

    // The shell is Debian's, of which the RPM database knows nothing.
    private const string Alone = "AutoReqProv: no";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly Dictionary<string, string> Shop = new()
    {
        ["/usr/libexec/shop"] = "#!/bin/sh\nexec sleep infinity",
        ["/usr/lib/systemd/system/shop.service"] = "[Service]\nExecStart=/usr/libexec/shop",
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_update_is_planned_with_the_service_that_it_restarts_and_the_configuration_that_it_touches_and_changes_nothing()
    {
        SkipWithoutTools();
        await using var network = await TestNetwork.CreateAsync(Stop);
        await using var server = await Container.StartAsync(network, RootFolder.Rpm, "shop-01", Stop);
        await using var repository = await RpmRepository.CreateAsync(Stop);
        await PrepareAsync(server, repository);
        using var company = new Company(TimeProvider.System.GetUtcNow());
        using var folder = new ScratchFolder();
        var (root, catalogue) = Sign(company, repository, folder);

        (await server.RunAsync(["haisoft-agent", "catalogue", "import", server.HandIn(root)], Stop)).Error.ShouldContain("/etc/haisoft/root-fingerprint");
        await File.WriteAllTextAsync(server.Path("/etc/haisoft/root-fingerprint"), Company.Fingerprint(await File.ReadAllBytesAsync(root, Stop)), Stop);
        (await server.MustAsync(["haisoft-agent", "catalogue", "import", server.HandIn(root), server.HandIn(catalogue)], Stop))
            .ShouldContain("root 1 until");
        var before = await server.MustAsync(["rpm", "--query", "--all"], Stop);
        var answer = await AskAsync(server);

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
        SkipWithoutTools();
        await using var network = await TestNetwork.CreateAsync(Stop);
        await using var controller = await ControllerProgram.StartAsync(network, Stop);
        await using var server = await Container.StartAsync(network, RootFolder.Rpm, "shop-01", Stop);
        await using var repository = await RpmRepository.CreateAsync(Stop);
        await PrepareAsync(server, repository);
        using var company = new Company(TimeProvider.System.GetUtcNow());
        using var folder = new ScratchFolder();
        var (root, catalogue) = Sign(company, repository, folder);
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

    private static void SkipWithoutTools()
    {
        Assert.SkipWhen(Container.WhyNot() is not null, Container.WhyNot() ?? "");
        Assert.SkipWhen(AgentPackage.Path is null, AgentPackage.Missing);
        Assert.SkipWhen(RpmRepository.WhyNot() is not null, RpmRepository.WhyNot() ?? "");
    }

    private static async Task<string?> HeldAsync(ControllerProgram controller)
    {
        var state = await controller.CtlJsonAsync(["catalogue", "state"], Stop);
        return state["servers"]!.AsArray().Any(server => server!["catalogue_version"]!.GetValue<long>() == 1) ? state.ToJsonString() : null;
    }

    // An RPM server as the maker of the image would hand it over: a database in its usual place, the agent, a running service of which the
    // repository has a later version.
    private static async Task PrepareAsync(Container server, RpmRepository repository)
    {
        var installed = await repository.AddAsync(new RpmSpec("shop", "1.0") { Header = [Alone], Files = Shop, Configuration = "one" }, Stop);
        await repository.AddAsync(new RpmSpec("shop", "1.1") { Header = [Alone], Files = Shop, Configuration = "two" }, Stop);
        await repository.PublishAsync(Stop);
        Directory.CreateDirectory(server.Path("/etc/rpm"));
        await File.WriteAllTextAsync(server.Path("/etc/rpm/macros"), "%_dbpath /var/lib/rpm\n", Stop);
        await server.MustAsync(["rpm", "--initdb"], Stop);
        (await Tool.RunAsync("cp", ["-a", repository.Folder, server.Path("/srv/repository")], Stop)).Succeeded();
        await server.MustAsync(["systemd-run", "--unit=repository", "python3", "-m", "http.server", "--directory", "/srv/repository", "--bind", "127.0.0.1", "8080"], Stop);
        await server.MustAsync(["rpm", "--upgrade", "--nodeps", "--nosignature", "--force-debian", server.HandIn(installed)], Stop);
        await File.WriteAllTextAsync(server.Path("/etc/shop/conf"), "my own\n", Stop);
        await server.MustAsync(["dpkg", "--install", server.HandIn(AgentPackage.Path!)], Stop);
        await server.MustAsync(["systemctl", "daemon-reload"], Stop);
        await server.MustAsync(["systemctl", "start", "shop.service", "haisoft-plan.socket"], Stop);
    }

    private static (string Root, string Catalogue) Sign(Company company, RpmRepository repository, ScratchFolder folder)
    {
        var (root, catalogue) = (folder["root.1"], folder["catalogue.1"]);
        File.WriteAllBytes(root, company.Root(1));
        File.WriteAllBytes(catalogue, company.Catalogue(1, content =>
        {
            content.Operations.Add(new Operation { Kind = OperationKind.UpdatePackages, SignatureCount = 1, SignatureKinds = { SignatureKind.KeyFile } });
            content.Repositories.Add(new Repository { RepositoryId = "main", BaseUrls = { RepositoryUrl }, KeyFingerprints = { repository.Key.Fingerprint } });
            content.Packages.Add(new Package { Name = "shop", RepositoryId = "main" });
        }));
        return (root, catalogue);
    }

    private static async Task<PlanAnswer> AskAsync(Container server)
    {
        OperationsClient client = new(server.Path("/run/haisoft/plan.sock"), Patience, TimeProvider.System);
        (await client.ReadAsync(Stop)).ShouldBeOfType<Measured<TrustReport>>().Value.CatalogueVersion.ShouldBe(1);
        return await client.PlanAsync(new PlanRequest { RequestId = "r", UpdatePackages = new UpdatePackages { Names = { "shop" } } }, Stop);
    }
}
