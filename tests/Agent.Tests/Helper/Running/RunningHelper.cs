using Google.Protobuf;
using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Agent.Operations;
using HaiSoft.Agent.Readings;
using HaiSoft.Agent.Tests.Helper.Orders;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Helper.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Packages;
using HaiSoft.Testing.Processes;
using Shouldly;

namespace HaiSoft.Agent.Tests.Helper.Running;

/// <summary>
/// The helper's jobs "plan" and "run" as processes of their own, for a server in a root folder, asked on their sockets as the agent asks
/// them. What a server trusts, its packages and their repository are real.
/// </summary>
internal sealed class RunningHelper : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ScratchFolder _folder = new();
    private readonly RunningProgram _planJob;
    private readonly string _pin;
    private long _version;

    private RunningHelper(RpmRoot root, RpmRepository repository, bool isRecorded)
    {
        (Root, Repository) = (root, repository);
        Started = isRecorded ? new(_folder["started"]) : null;
        Company = new Company(TimeProvider.System.GetUtcNow());
        _pin = _folder.Write("root-fingerprint", Company.Fingerprint(CompanyRoot = Company.Root(1)));
        _planJob = Start("plan");
        RunJob = Start("run");
        Operations = new OperationsClient(SocketOf("plan"), Patience, TimeProvider.System);
        Orders = new OrdersClient(SocketOf("run"), Patience, TimeProvider.System);
    }

    public RpmRoot Root { get; }

    public RpmRepository Repository { get; }

    public Company Company { get; }

    /// <summary>The company's root, which the server trusts.</summary>
    public byte[] CompanyRoot { get; }

    /// <summary>The job that takes orders.</summary>
    public RunningProgram RunJob { get; private set; }

    /// <summary>The agent's side of the job "plan".</summary>
    public OperationsClient Operations { get; }

    /// <summary>The agent's side of the job "run".</summary>
    public OrdersClient Orders { get; }

    public string StateFolder => _folder["helper"];

    /// <summary>What the job "run" writes, seen from outside.</summary>
    public OrderJournal Journal => new(Path.Combine(StateFolder, "orders"), TimeProvider.System);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    /// <summary>All that its jobs started; null when that is not recorded.</summary>
    public StartedProcesses? Started { get; }

    /// <param name="specs">What the repository has.</param>
    public static Task<RunningHelper> StartAsync(params RpmSpec[] specs) => StartAsync(isRecorded: false, specs);

    /// <param name="isRecorded">Every process that its jobs start is recorded.</param>
    /// <param name="specs">What the repository has.</param>
    public static async Task<RunningHelper> StartAsync(bool isRecorded, params RpmSpec[] specs)
    {
        RpmRepository repository = await RpmRepository.CreateAsync(Stop);
        foreach (RpmSpec spec in specs)
            await repository.AddAsync(spec, Stop);
        await repository.PublishAsync(Stop);
        RunningHelper helper = new(await RpmRoot.CreateAsync(Stop), repository, isRecorded);
        await helper.UntilItAnswersAsync(async () => await helper.Operations.ReadAsync(Stop) is Measured<TrustReport>);
        await helper.UntilItAnswersAsync(async () => await helper.Orders.ReadAsync(new ReadJournal(), Stop) is Measured<JournalAnswer>);
        return helper;
    }

    /// <summary>Has the helper take a catalogue of its repository and these packages, with what a test changes of it.</summary>
    public async Task ListAsync(Action<Catalogue>? change, params string[] names)
    {
        TrustReport report = await OfferAsync(CatalogueOf(++_version, change, names));
        report.Refusal.ShouldBe(TrustRefusal.Unspecified, report.RefusalDetail);
    }

    /// <summary>Such a catalogue, in any version.</summary>
    public byte[] CatalogueOf(long version, Action<Catalogue>? change, params string[] names) => Company.Catalogue(version, catalogue =>
    {
        catalogue.Operations.Clear();
        catalogue.Operations.Add(((OperationKind[])[OperationKind.InstallPackages, OperationKind.UpdatePackages])
            .Select(kind => new Operation { Kind = kind, SignatureCount = 1, SignatureKinds = { SignatureKind.KeyFile } }));
        catalogue.Repositories.Add(new Repository { RepositoryId = "main", BaseUrls = { Repository.BaseUrl }, KeyFingerprints = { Repository.Key.Fingerprint } });
        catalogue.Packages.Add(names.Select(name => new Package { Name = name, RepositoryId = "main" }));
        change?.Invoke(catalogue);
    });

    /// <summary>Offers a catalogue.</summary>
    public async Task<TrustReport> OfferAsync(byte[] catalogue) => (await Operations.OfferAsync(
        new TrustOffer { Roots = { ByteString.CopyFrom(CompanyRoot) }, Catalogue = ByteString.CopyFrom(catalogue) }, Stop)).ShouldBeOfType<Measured<TrustReport>>().Value;

    /// <summary>A plan, which there must be.</summary>
    public async Task<ByteString> PlanAsync(PlanRequest request)
    {
        PlanAnswer answer = await Operations.PlanAsync(request, Stop);
        answer.Refusal.ShouldBeNull($"{answer.Refusal}\n{_planJob.Said()}");
        return answer.Plan;
    }

    /// <summary>Hands an order in.</summary>
    public async Task<JournalAnswer> GiveAsync(byte[] order) => (await Orders.CarryOutAsync(
        new OrderOffer { Order = ByteString.CopyFrom(order) }, Stop)).ShouldBeOfType<Measured<JournalAnswer>>().Value;

    /// <summary>Asks for the journal, as the agent does, until an order has ended.</summary>
    public async Task<HeldOrder> EndAsync(byte[] order)
    {
        HeldOrder held = Journal.Find(Convert.ToHexStringLower(OrderBed.IdOf(order).Span)).ShouldNotBeNull();
        await UntilAsync(held, held.HasEnded);
        return held;
    }

    /// <summary>Asks for the journal, as the agent does, until something is so: that is what makes the job go on.</summary>
    /// <param name="order">Whose entries a failure tells.</param>
    public async Task UntilAsync(HeldOrder? order, Func<bool> isSo)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Patience);
        try
        {
            while (!isSo())
            {
                if (order?.State() >= OrderState.Verified)
                    await Orders.ReadAsync(new ReadJournal(), Stop);
                await Task.Delay(20, patience.Token);
            }
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"{string.Join('\n', order?.Entries() ?? [])}\n{RunJob.Said()}", late);
        }
    }

    /// <summary>Starts the job "run" once more, after it was killed.</summary>
    public async Task RestartAsync()
    {
        await RunJob.DisposeAsync();
        RunJob = Start("run");
        await UntilItAnswersAsync(async () => await Orders.ReadAsync(new ReadJournal(), Stop) is Measured<JournalAnswer>);
    }

    /// <summary>The versions of a package that are installed.</summary>
    public async Task<string[]> InstalledAsync(string name) =>
        (await Root.RpmAsync(["--query", "--queryformat", "%{VERSION}\n", name], Stop)) is { ExitCode: 0 } told
            ? told.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : [];

    public async ValueTask DisposeAsync()
    {
        await RunJob.DisposeAsync();
        await _planJob.DisposeAsync();
        await Repository.DisposeAsync();
        Root.Dispose();
        Company.Dispose();
        _folder.Dispose();
    }

    private string SocketOf(string job) => _folder[job + ".sock"];

    private RunningProgram Start(string job)
    {
        string program = BuiltProgram.In("agent/Helper", "haisoft-helper");
        string[] arguments = [job, "--socket", SocketOf(job), "--peer-uid", "0", "--state", StateFolder, "--root-fingerprint", _pin, "--system", Root.Path];
        return Started?.Recording(program, arguments) is var (recorder, its) ? RunningProgram.Start(recorder, its) : RunningProgram.Start(program, arguments);
    }

    private async Task UntilItAnswersAsync(Func<Task<bool>> answers)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Patience);
        while (!await answers())
            await Task.Delay(20, patience.Token);
    }
}
