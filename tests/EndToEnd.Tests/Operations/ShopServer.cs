using System.Text.Json.Nodes;
using HaiSoft.Agent.Operations;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Containers;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Packages;
using Shouldly;
using Xunit;

namespace HaiSoft.EndToEnd.Tests.Operations;

/// <summary>A booted server with RPM packages, the packaged agent, and a service that can be updated.</summary>
internal static class ShopServer
{
    /// <summary>In a package's header: the shell is Debian's, of which the RPM database knows nothing.</summary>
    public const string Alone = "AutoReqProv: no";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly Dictionary<string, string> Shop = new()
    {
        ["/usr/libexec/shop"] = "#!/bin/sh\nexec sleep infinity",
        ["/usr/lib/systemd/system/shop.service"] = "[Service]\nExecStart=/usr/libexec/shop\n[Install]\nWantedBy=multi-user.target",
    };

    /// <summary>The later version of the service's package.</summary>
    public static RpmSpec Later { get; } = new("shop", "1.1") { Header = [Alone], Files = Shop, Configuration = "two" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static void SkipWithoutTools()
    {
        Assert.SkipWhen(Container.WhyNot() is not null, Container.WhyNot() ?? "");
        Assert.SkipWhen(AgentPackage.Path is null, AgentPackage.Missing);
        Assert.SkipWhen(RpmRepository.WhyNot() is not null, RpmRepository.WhyNot() ?? "");
    }

    /// <summary>
    /// Makes it of a server as the maker of the image would hand it over: a database in its usual place, the agent, a running service of which
    /// the repository has a later version.
    /// </summary>
    /// <param name="later">The later version; <see cref="Later"/> when none is given.</param>
    public static async Task PrepareAsync(Container server, RpmRepository repository, RpmSpec? later = null)
    {
        var installed = await repository.AddAsync(new RpmSpec("shop", "1.0") { Header = [Alone], Files = Shop, Configuration = "one" }, Stop);
        await repository.AddAsync(later ?? Later, Stop);
        await repository.PublishAsync(Stop);
        await RpmServer.PrepareAsync(server, repository, Stop);
        await server.MustAsync(["rpm", "--upgrade", "--nodeps", "--nosignature", "--force-debian", server.HandIn(installed)], Stop);
        await File.WriteAllTextAsync(server.Path("/etc/shop/conf"), "my own\n", Stop);
        await server.MustAsync(["dpkg", "--install", server.HandIn(AgentPackage.Path!)], Stop);
        await server.MustAsync(["systemctl", "daemon-reload"], Stop);
        await server.MustAsync(["systemctl", "enable", "--now", "shop.service", "haisoft-plan.socket", "haisoft-run.socket"], Stop);
    }

    /// <summary>The server's repository as a catalogue in text lists it.</summary>
    public static JsonObject Listed(RpmRepository repository) => new()
    {
        ["repositoryId"] = "main",
        ["baseUrls"] = new JsonArray(RpmServer.RepositoryUrl),
        ["keyFingerprints"] = new JsonArray(repository.Key.Fingerprint),
    };

    /// <summary>Files with a root and a catalogue that lists updates of the service's package, and what a test adds.</summary>
    public static (string Root, string Catalogue) Sign(Company company, RpmRepository repository, ScratchFolder folder, Action<Catalogue>? add = null)
    {
        var (root, catalogue) = (folder["root.1"], folder["catalogue.1"]);
        File.WriteAllBytes(root, company.Root(1));
        File.WriteAllBytes(catalogue, company.Catalogue(1, content =>
        {
            content.Operations.Add(new Operation { Kind = OperationKind.UpdatePackages, SignatureCount = 1, SignatureKinds = { SignatureKind.KeyFile }, Reboot = true });
            content.Repositories.Add(new Repository { RepositoryId = "main", BaseUrls = { RpmServer.RepositoryUrl }, KeyFingerprints = { repository.Key.Fingerprint } });
            content.Packages.Add(new Package { Name = "shop", RepositoryId = "main" });
            add?.Invoke(content);
        }));
        return (root, catalogue);
    }

    /// <summary>The plan of that update, or of what a test asks for; the server holds the catalogue.</summary>
    public static async Task<PlanAnswer> PlanAsync(Container server, PlanRequest? request = null)
    {
        OperationsClient client = new(server.Path("/run/haisoft/plan.sock"), Patience, TimeProvider.System);
        (await client.ReadAsync(Stop)).ShouldBeOfType<Measured<TrustReport>>().Value.CatalogueVersion.ShouldBe(1);
        return await client.PlanAsync(request ?? new PlanRequest { RequestId = "r", UpdatePackages = new UpdatePackages { Names = { "shop" } } }, Stop);
    }
}
