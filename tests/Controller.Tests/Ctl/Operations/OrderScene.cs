using System.Security.Cryptography;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Ctl.Catalogues;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Controller.Tests.Ingest;
using HaiSoft.Controller.Tests.Storage;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Catalogues;
using HaiSoft.Protocol.Trust.Judgement;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.Roots;
using HaiSoft.Protocol.Trust.V1;
using Shouldly;
using Sealed = HaiSoft.Protocol.Trust.Envelopes.OpenedEnvelope;

namespace HaiSoft.Controller.Tests.Ctl.Operations;

/// <summary>
/// A controller that a published catalogue lists, its approvers emma and farid, and the agent of web-01, which verifies the orders that it
/// gets as a server does.
/// </summary>
internal sealed class OrderScene : IAsyncDisposable
{
    public const string Machine = "5f0c000000000000000000000000000000000000000000000000000000000001";
    private readonly string _root;
    private readonly string _machine;
    private readonly bool _isGuest;
    private string _catalogue;
    private long _sequence;

    private OrderScene(RunningController controller, TrustHolders holders, TestAgent identity, string machine, string root, string catalogue, bool isGuest = false)
    {
        Controller = controller;
        Holders = holders;
        Identity = identity;
        Ctl = new(controller);
        _machine = machine;
        _root = root;
        _catalogue = catalogue;
        _isGuest = isGuest;
    }

    public RunningController Controller { get; private set; }

    public TrustHolders Holders { get; }

    public TestAgent Identity { get; private set; }

    public CommandLine Ctl { get; private set; }

    public LinkedAgent Agent { get; private set; } = null!;

    /// <summary>The agent's server has the files of what its plans replace.</summary>
    public bool KeepsOld { get; set; } = true;

    /// <param name="kind">Of a store of its own.</param>
    /// <param name="store">One that outlives the controller; absent for a store of its own.</param>
    public static async Task<OrderScene> SetAsync(StoreKind kind, TestStore? store = null)
    {
        RunningController controller = store is null ? RunningController.Start(kind) : RunningController.StartOn(store);
        TrustHolders holders = new();
        CommandLine ctl = new(controller);
        string root = await holders.MakeRootAsync();
        string catalogue = await holders.MakeCatalogueAsync(root, ctl);
        (await ctl.RunAsync("root", "publish", root)).Code.ShouldBe(0);
        (await ctl.RunAsync("catalogue", "publish", catalogue)).Code.ShouldBe(0);
        OrderScene scene = new(controller, holders, await controller.EnrolAsync("web-01", Machine), Machine, root, catalogue);
        await scene.ConnectAsync();
        return scene;
    }

    /// <summary>Another server of the same controller, its agent connected. It is disposed of before this one.</summary>
    public async Task<OrderScene> JoinAsync(string server)
    {
        string machine = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(server)));
        OrderScene joined = new(Controller, Holders, await Controller.EnrolAsync(server, machine), machine, _root, _catalogue, isGuest: true);
        await joined.ConnectAsync();
        return joined;
    }

    /// <summary>The agent dials another controller from now on: the same store, started anew.</summary>
    public void MoveTo(RunningController controller)
    {
        Controller = controller;
        Identity = Identity.At(controller);
        Ctl = new(controller);
    }

    /// <summary>The agent opens its stream.</summary>
    public async Task ConnectAsync() => Agent = await LinkedAgent.ConnectAsync(Controller, Identity, last: _sequence);

    /// <summary>The agent ends its stream, and the controller knows.</summary>
    public async Task DisconnectAsync()
    {
        await Agent.HalfCloseAsync();
        await Agent.EndAsync();
        Agent.Dispose();
    }

    /// <summary>A catalogue that follows, published.</summary>
    public async Task PublishNextAsync(Action<Catalogue> edit)
    {
        _catalogue = await Holders.MakeNextCatalogueAsync(_root, _catalogue, "catalogue.next", edit);
        (await Ctl.RunAsync("catalogue", "publish", _catalogue)).Code.ShouldBe(0);
    }

    /// <summary>Drafts an operation for which the agent makes a plan.</summary>
    /// <returns>Its number.</returns>
    public async Task<string> DraftAsync(params string[] args)
    {
        CommandLine.Printed drafted = await AskAsync(args);
        drafted.Code.ShouldBe(0, drafted.Error);
        return drafted.Json.GetProperty("operation").GetProperty("operation_id").GetString()!;
    }

    /// <summary>What drafting prints, when the agent is asked for a plan.</summary>
    public async Task<CommandLine.Printed> AskAsync(params string[] args)
    {
        Task<CommandLine.Printed> drafting = Ctl.RunAsync(["operation", "new", .. args, "--json"]);
        await AnswerPlanAsync();
        return await drafting;
    }

    /// <summary>What undoing prints, when the agent is asked for a plan.</summary>
    public async Task<CommandLine.Printed> UndoAsync(string number)
    {
        Task<CommandLine.Printed> undoing = Ctl.RunAsync("undo", number, "--json");
        await AnswerPlanAsync();
        return await undoing;
    }

    /// <summary>The agent is asked for a plan, and answers with it, or with a refusal.</summary>
    /// <returns>What it was asked.</returns>
    /// <param name="refusal">Why it makes no plan; absent when it does.</param>
    /// <param name="edit">What else its plan says.</param>
    public async Task<PlanRequest> AnswerPlanAsync(PlanRefusal? refusal = null, Action<Plan>? edit = null)
    {
        PlanRequest asked = await HeardAsync(said => said.Plan);
        Plan plan = PlanOf(asked);
        edit?.Invoke(plan);
        PlanAnswer answer = refusal is null ? new() { Plan = plan.ToByteString() } : new() { Refusal = refusal };
        answer.RequestId = asked.RequestId;
        await Agent.SendAsync(new() { PlanAnswer = answer });
        return asked;
    }

    public Task<CommandLine.Printed> ApproveAsync(string number, string holder) =>
        Ctl.RunAsync(["approve", number, "--yes", .. Holders.KeyOf(holder)]);

    /// <summary>Where an operation stands.</summary>
    public async Task<string> StateAsync(string number) => (await ShowAsync(number)).GetProperty("operation").GetProperty("state").GetString()!;

    public async Task<JsonElement> ShowAsync(string number) => (await Ctl.RunAsync("operation", "show", number, "--json")).Json;

    /// <summary>The steps of an operation so far.</summary>
    public async Task<string[]> StoryAsync(string number) =>
        [.. (await ShowAsync(number)).GetProperty("story").EnumerateArray().Select(e => e.GetProperty("step").GetString()!)];

    /// <summary>The next thing of a kind that the controller says to the agent.</summary>
    public async Task<T> HeardAsync<T>(Func<ConnectResponse, T?> pick)
        where T : class
    {
        while (true)
        {
            if (pick(await Agent.NextAsync()) is { } heard)
                return heard;
        }
    }

    /// <summary>The order that the agent gets, verified as its server does.</summary>
    public async Task<VerifiedOrder> OrderAsync()
    {
        OrderOffer offer = await HeardAsync(said => said.Order);
        Judged<VerifiedOrder> judged = OrderVerification.Verify(
            ReadCatalogue(), offer.Order.Span, new(_machine, new HashSet<string>(), Controller.Time.GetUtcNow()));
        judged.Refusal.ShouldBeNull();
        return judged.Accepted;
    }

    /// <summary>The agent tells entries of its server's journal, durably.</summary>
    public Task TellAsync(params OrderReport[] entries) => Agent.DeliverAsync([.. entries.Select(entry => Agent.Report(++_sequence, TimeSpan.Zero, report => report.Order = entry))]);

    /// <summary>A report that is about something else, durably.</summary>
    public Task TellSomethingElseAsync() => Agent.DeliverAsync(Agent.Report(++_sequence, TimeSpan.Zero, Reports.Running));

    public OrderReport Step(string orderId, long entry, OrderState state, Action<OrderStep>? fill = null)
    {
        OrderStep step = new() { State = state };
        fill?.Invoke(step);
        return new() { OrderId = Bytes(orderId), Entry = entry, EntryTime = Controller.Time.GetUtcNow().ToTimestamp(), Step = step };
    }

    public OrderReport Output(string orderId, long entry, string text, long offset = 0) => new()
    {
        OrderId = Bytes(orderId),
        Entry = entry,
        EntryTime = Controller.Time.GetUtcNow().ToTimestamp(),
        Output = new() { Text = text, OffsetBytes = offset },
    };

    public OrderReport Progress(string orderId, long entry, int done, int total) => new()
    {
        OrderId = Bytes(orderId),
        Entry = entry,
        EntryTime = Controller.Time.GetUtcNow().ToTimestamp(),
        Progress = new() { Phase = OrderPhase.Changing, Done = done, Total = total, Subject = "httpd-0:2.4.62-1.x86_64" },
    };

    public async ValueTask DisposeAsync()
    {
        Agent.Dispose();
        if (_isGuest)
            return;
        await Controller.DisposeAsync();
        Holders.Dispose();
    }

    private static ByteString Bytes(string orderId) => ByteString.CopyFrom(Convert.FromHexString(orderId));

    private Plan PlanOf(PlanRequest asked)
    {
        Plan plan = new()
        {
            MachineId = _machine,
            CreatedTime = new Timestamp { Seconds = Controller.Time.GetUtcNow().ToUnixTimeSeconds() },
            CatalogueVersion = 1,
            PackageStateHash = ByteString.CopyFrom(SHA256.HashData("packages"u8)),
            Changes =
            {
                new PackageChange
                {
                    Action = PackageAction.Upgrade,
                    Name = "httpd",
                    Architecture = "x86_64",
                    OldVersion = "0:2.4.57-1",
                    NewVersion = "0:2.4.62-1",
                    Reason = PackageReason.Asked,
                    File = new PackageFile { RepositoryId = "example-el9", SizeBytes = 1_234_567, Vendor = "HaiSoft" },
                    OldFile = KeepsOld ? new PackageFile { RepositoryId = "example-el9", SizeBytes = 1_234_000, Vendor = "HaiSoft" } : null,
                    OldFileMissing = KeepsOld ? "" : "its repository does not have this version any more",
                },
            },
            RestartedUnits = { "httpd.service" },
        };
        return plan.For(asked.WhatIsAsked());
    }

    private TrustedCatalogue ReadCatalogue()
    {
        byte[] root = File.ReadAllBytes(_root);
        TrustedRoot trusted = RootVerification.Pin(root, Sealed.Open(root).Accepted.Sha256).Accepted;
        return CatalogueVerification.Verify(trusted, File.ReadAllBytes(_catalogue), held: null, Controller.Time.GetUtcNow()).Accepted;
    }
}
