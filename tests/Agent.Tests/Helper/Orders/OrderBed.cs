using Google.Protobuf;
using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Agent.Helper.Orders;
using HaiSoft.Agent.Helper.Packages;
using HaiSoft.Agent.Helper.Tools;
using HaiSoft.Agent.Tests.Helper.Packages;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Helper.V1;
using HaiSoft.Protocol.Trust.Envelopes;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Files;

namespace HaiSoft.Agent.Tests.Helper.Orders;

/// <summary>A server that takes orders: all real, but that each is carried out by a child process in place of a systemd unit.</summary>
internal sealed class OrderBed : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private OrderBed(PlanBed plans)
    {
        Plans = plans;
        Journal = new OrderJournal(Path.Combine(plans.StateFolder, "orders"), plans.Time);
        Desk = OpenDesk();
    }

    public PlanBed Plans { get; }

    public OrderJournal Journal { get; }

    public RunDesk Desk { get; private set; }

    /// <summary>How often an order's process was started.</summary>
    public List<string> Starts { get; } = [];

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public static async Task<OrderBed> MakeAsync() => new(await PlanBed.MakeAsync(Stop));

    /// <summary>The job ends and starts again, as after a minute without a request.</summary>
    public void Restart()
    {
        Desk.Dispose();
        Desk = OpenDesk();
    }

    /// <summary>An order for a plan, for this server, in a window of now; unless the test makes something else of it.</summary>
    public byte[] Order(PlanAnswer answer, Action<Order>? change = null, bool isApproved = true)
    {
        PlanBed.Read(answer);
        Order order = PlannedOrder.Of(answer.Plan, Plans.Time.GetUtcNow());
        change?.Invoke(order);
        return Plans.Company.Order(order, isApproved);
    }

    /// <summary>Hands an order in to a job that ends before it goes on with it.</summary>
    public JournalAnswer Take(byte[] order) => Taking.Take(order);

    /// <summary>Hands an order in, as the agent does.</summary>
    public async Task<JournalAnswer> GiveAsync(byte[] order) =>
        (await Desk.AnswerAsync(new HelperRequest { CarryOut = new OrderOffer { Order = ByteString.CopyFrom(order) } }, Stop)).Journal;

    public async Task<JournalAnswer> CancelAsync(byte[] order) =>
        (await Desk.AnswerAsync(new HelperRequest { Cancel = new OrderCancellation { OrderId = IdOf(order) } }, Stop)).Journal;

    public async Task<JournalAnswer> ReadAsync(params JournalPlace[] known) =>
        (await Desk.AnswerAsync(new HelperRequest { ReadJournal = new ReadJournal { Known = { known } } }, Stop)).Journal;

    /// <summary>The order as the journal holds it.</summary>
    public HeldOrder Held(byte[] order) => Journal.Find(Convert.ToHexStringLower(IdOf(order).Span)) ?? throw new InvalidOperationException("It is not held.");

    /// <summary>Asks for the journal, as the agent does, until something is so.</summary>
    /// <param name="within">Two minutes when none is given.</param>
    public async Task UntilAsync(Func<bool> isSo, TimeSpan? within = null)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(within ?? Patience);
        while (!isSo())
        {
            await ReadAsync();
            Plans.Time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>Asks until the order has ended.</summary>
    /// <returns>Its last step.</returns>
    public async Task<OrderStep> EndAsync(byte[] order, TimeSpan? within = null)
    {
        try
        {
            await UntilAsync(() => Held(order).HasEnded(), within);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException(Tell(order), late);
        }

        return Held(order).Entries().Last(entry => entry.Step is not null).Step;
    }

    public List<OrderState> States(byte[] order) => [.. Held(order).Entries().Where(entry => entry.Step is not null).Select(entry => entry.Step.State)];

    /// <summary>All that the operation printed.</summary>
    public string Output(byte[] order) => string.Concat(Held(order).Entries().Where(entry => entry.Output is not null).Select(entry => entry.Output.Text));

    /// <summary>The journal of an order, for a test that fails.</summary>
    public string Tell(byte[] order) => string.Join('\n', Held(order).Entries().Select(entry => entry.ToString()));

    /// <summary>The versions of a package that are installed.</summary>
    public async Task<string[]> InstalledAsync(string name) =>
        (await Plans.Root.RpmAsync(["--query", "--queryformat", "%{VERSION}\n", name], Stop)) is { ExitCode: 0 } told
            ? told.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : [];

    public async ValueTask DisposeAsync()
    {
        Desk.Dispose();
        await Plans.DisposeAsync();
    }

    /// <summary>The id of an order.</summary>
    public static ByteString IdOf(byte[] order) =>
        ExactBytes.Read(HaiSoft.Protocol.Trust.V1.Order.Parser, OpenedEnvelope.Open(order).Accepted.Payload.Span).Accepted.OrderId;

    private OrderTaking Taking => field ??= new(Journal, Plans.Trust, Plans.Root.Path, Plans.Time);

    private RunDesk OpenDesk()
    {
        OrderPreparation preparation = new(new KeptPlans(Path.Combine(Plans.StateFolder, "plans"), Plans.Time), Plans.Maker, Plans.Trust, Plans.Root.Path);
        ChildProcess child = new(
            new PackageTool(TimeProvider.System), BuiltProgram.In("agent/Helper", "haisoft-helper"), ["--state", Plans.StateFolder, "--system", Plans.Root.Path]);
        return new RunDesk(Journal, Taking, new OrderCourse(Journal, Taking, preparation, new CountedStarter(child, Starts), Plans.Time));
    }

    private sealed class CountedStarter(IOrderStarter starter, List<string> starts) : IOrderStarter
    {
        public Task StartAsync(string orderId, CancellationToken cancellationToken)
        {
            starts.Add(orderId);
            return starter.StartAsync(orderId, cancellationToken);
        }
    }
}
