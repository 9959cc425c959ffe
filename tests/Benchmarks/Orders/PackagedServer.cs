using HaiSoft.Agent.Operations;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Containers;
using HaiSoft.Testing.Debian;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Machines;
using HaiSoft.Testing.Networks;
using HaiSoft.Testing.Packages;

namespace HaiSoft.Benchmarks.Orders;

/// <summary>A booted server with the packaged agent, and a repository of packages on it that its catalogue lets be installed.</summary>
internal sealed class PackagedServer : IAsyncDisposable
{
    /// <summary>Packages in the repository; none is installed.</summary>
    public const int Packages = 50;

    /// <summary>Bytes that each of them brings; they do not compress.</summary>
    public const int PackageBytes = 2_000_000;

    private const string CatalogueRepository = "main";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private PackagedServer(TestNetwork network, Container server, RpmRepository repository, Company company)
    {
        Network = network;
        Server = server;
        Repository = repository;
        Company = company;
    }

    public Container Server { get; }

    public Company Company { get; }

    /// <summary>Names of the packages.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enumerable.Range(1, Packages).Select(number => $"bulk-{number:00}")];

    /// <summary>The helper's job "plan".</summary>
    public OperationsClient Plans => new(Server.Path("/run/haisoft/plan.sock"), Patience, TimeProvider.System);

    /// <summary>The helper's job "run".</summary>
    public OrdersClient Orders => new(Server.Path(OrdersClient.DefaultSocket), Patience, TimeProvider.System);

    private TestNetwork Network { get; }

    private RpmRepository Repository { get; }

    /// <summary>Boots it.</summary>
    /// <exception cref="InvalidOperationException">A tool or the agent's package is missing; the message says what to do.</exception>
    public static async Task<PackagedServer> StartAsync(CancellationToken cancellationToken)
    {
        if ((Container.WhyNot() ?? RpmRepository.WhyNot()) is { } why)
            throw new InvalidOperationException(why);
        string package = Newest() ?? throw new InvalidOperationException("The agent's package is not there: ./build.sh pack makes it.");
        TestNetwork network = await TestNetwork.CreateAsync(cancellationToken);
        Container server = await Container.StartAsync(network, RootFolder.Rpm, "shop-01", cancellationToken);
        RpmRepository repository = await RpmRepository.CreateAsync(cancellationToken);
        PackagedServer made = new(network, server, repository, new Company(TimeProvider.System.GetUtcNow()));
        string first = await repository.AddAsync(new RpmSpec("setup", "1.0") { Header = ["AutoReqProv: no"] }, cancellationToken);
        foreach (string name in Names)
            await repository.AddAsync(new RpmSpec(name, "1.0") { Header = ["AutoReqProv: no"], Ballast = PackageBytes }, cancellationToken);
        await repository.PublishAsync(cancellationToken);
        await RpmServer.PrepareAsync(server, repository, cancellationToken);
        await server.MustAsync(["rpm", "--upgrade", "--nosignature", "--force-debian", server.HandIn(first)], cancellationToken); // a database with nothing in it is nobody's
        await server.MustAsync(["dpkg", "--install", server.HandIn(package)], cancellationToken);
        await server.MustAsync(["systemctl", "start", "haisoft-plan.socket", "haisoft-run.socket"], cancellationToken);
        await made.TrustAsync(cancellationToken);
        return made;
    }

    /// <summary>Has dnf alone install all packages, from the same repository, by the same key, and knowing nothing of it before.</summary>
    public async Task InstallByDnfAsync(CancellationToken cancellationToken)
    {
        await Server.MustAsync(
        [
            "dnf", "--assumeyes", "--quiet", "--disablerepo=*", $"--repofrompath={CatalogueRepository},{RpmServer.RepositoryUrl}", $"--enablerepo={CatalogueRepository}",
            $"--setopt={CatalogueRepository}.gpgcheck=1", $"--setopt={CatalogueRepository}.gpgkey={RpmServer.RepositoryUrl}repodata/repomd.xml.key", "install", .. Names,
        ], cancellationToken);
    }

    /// <summary>Takes packages away again, and what dnf remembers of their repository.</summary>
    public async Task RemoveAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        await Server.MustAsync(["rpm", "--erase", .. names], cancellationToken);
        await Server.MustAsync(["dnf", "--quiet", "clean", "all"], cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Network.DisposeAsync();
        await Repository.DisposeAsync();
        Company.Dispose();
    }

    private static string? Newest() => Directory.Exists(RepositoryFolder.In("artifacts", "packages"))
        ? Directory.EnumerateFiles(RepositoryFolder.In("artifacts", "packages"), "haisoft-agent_*.deb").MaxBy(File.GetLastWriteTimeUtc)
        : null;

    private async Task TrustAsync(CancellationToken cancellationToken)
    {
        using ScratchFolder folder = new();
        byte[] root = Company.Root(1);
        await File.WriteAllBytesAsync(folder["root.1"], root, cancellationToken);
        await File.WriteAllBytesAsync(folder["catalogue.1"], Company.Catalogue(1, Allow), cancellationToken);
        await File.WriteAllTextAsync(Server.Path("/etc/haisoft/root-fingerprint"), Company.Fingerprint(root), cancellationToken);
        await Server.MustAsync(["haisoft-agent", "catalogue", "import", Server.HandIn(folder["root.1"]), Server.HandIn(folder["catalogue.1"])], cancellationToken);
        Reading<TrustReport> held = await Plans.ReadAsync(cancellationToken);
        if (held is not Measured<TrustReport> { Value.CatalogueVersion: 1 })
            throw new InvalidOperationException($"The server does not hold the catalogue: {held}");
    }

    private void Allow(Catalogue catalogue)
    {
        catalogue.Repositories.Add(new Repository
        {
            RepositoryId = CatalogueRepository,
            BaseUrls = { RpmServer.RepositoryUrl },
            KeyFingerprints = { Repository.Key.Fingerprint },
        });
        catalogue.Packages.Add(Names.Select(name => new Package { Name = name, RepositoryId = CatalogueRepository }));
    }
}
