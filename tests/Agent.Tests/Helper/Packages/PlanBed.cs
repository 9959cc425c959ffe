using System.Security.Cryptography;
using Google.Protobuf;
using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Agent.Helper.Trust;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Clock;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Packages;
using Shouldly;

namespace HaiSoft.Agent.Tests.Helper.Packages;

/// <summary>A server with RPM packages, a repository, and a catalogue that lists what a test says: all real.</summary>
internal sealed class PlanBed : IAsyncDisposable
{
    public const string RepositoryId = "main";

    private readonly ScratchFolder _state = new();
    private readonly Company _company = new();
    private readonly byte[] _companyRoot;
    private long _version;

    private PlanBed(RpmRoot root, RpmRepository repository, string? stateFolder)
    {
        StateFolder = stateFolder ?? _state["helper"];
        Root = root;
        Repository = repository;
        _companyRoot = _company.Root(1);
        Trust = new TrustStore(Path.Combine(StateFolder, "trust"), _state.Write("root-fingerprint", Company.Fingerprint(_companyRoot)), Time);
        Maker = new PlanMaker(StateFolder, root.Path, Trust, Time);
    }

    public RpmRoot Root { get; }

    public string StateFolder { get; }

    public RpmRepository Repository { get; }

    public SettableTime Time { get; } = new(Company.Now);

    public TrustStore Trust { get; }

    public PlanMaker Maker { get; }

    public Company Company => _company;

    /// <summary>Why there can be none on this machine; null when all is there.</summary>
    public static string? WhyNot() => RpmRoot.WhyNot();

    /// <param name="stateFolder">Where the helper keeps what it keeps; a folder of its own when none is given.</param>
    public static async Task<PlanBed> MakeAsync(CancellationToken cancellationToken, string? stateFolder = null) =>
        new(await RpmRoot.CreateAsync(cancellationToken), await RpmRepository.CreateAsync(cancellationToken), stateFolder);

    /// <summary>Has the helper take a catalogue that assigns these packages to the repository, in any version.</summary>
    public void List(params string[] names) => List(catalogue => catalogue.Packages.Add(names.Select(name => new Package { Name = name, RepositoryId = RepositoryId })));

    /// <summary>The same of what a test makes of the catalogue.</summary>
    public void List(Action<Catalogue> change)
    {
        byte[] catalogue = _company.Catalogue(++_version, catalogue =>
        {
            catalogue.Operations.Clear();
            catalogue.Operations.Add(
                ((OperationKind[])[OperationKind.InstallPackages, OperationKind.UpdatePackages, OperationKind.SecurityUpdates, OperationKind.Undo])
                    .Select(kind => new Operation { Kind = kind, SignatureCount = 1, SignatureKinds = { SignatureKind.KeyFile } }));
            catalogue.Repositories.Add(new Repository { RepositoryId = RepositoryId, BaseUrls = { Repository.BaseUrl }, KeyFingerprints = { Repository.Key.Fingerprint } });
            change(catalogue);
        });
        TrustReport report = Trust.Take(new TrustOffer { Roots = { ByteString.CopyFrom(_companyRoot) }, Catalogue = ByteString.CopyFrom(catalogue) });
        report.Refusal.ShouldBe(TrustRefusal.Unspecified, report.RefusalDetail);
    }

    public Task<PlanAnswer> InstallAsync(params string[] names) => AskAsync(new PlanRequest
    {
        RequestId = "r",
        InstallPackages = new InstallPackages { Packages = { names.Select(name => new PackageInstall { Name = name }) } },
    });

    public Task<PlanAnswer> UpdateAsync(params string[] names) => AskAsync(new PlanRequest { RequestId = "r", UpdatePackages = new UpdatePackages { Names = { names } } });

    public Task<PlanAnswer> AskAsync(PlanRequest request) => Maker.MakeAsync(request, Xunit.TestContext.Current.CancellationToken);

    /// <summary>The plan of an answer that must have one, in its one encoding.</summary>
    public static Plan Read(PlanAnswer answer)
    {
        answer.Refusal.ShouldBeNull($"{answer.Refusal?.Reason}: {answer.Refusal?.Detail}");
        return ExactBytes.Read(Plan.Parser, answer.Plan.Span).Accepted;
    }

    /// <summary>The folder in which a plan is kept.</summary>
    public string KeptFolder(PlanAnswer answer) => Path.Combine(StateFolder, "plans", Convert.ToHexStringLower(SHA256.HashData(answer.Plan.Span)));

    public async ValueTask DisposeAsync()
    {
        Maker.Dispose();
        await Repository.DisposeAsync();
        Root.Dispose();
        _company.Dispose();
        _state.Dispose();
    }
}
