using System.Globalization;
using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Controller.Operations;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Storage;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Controller.Tests.Console;

/// <summary>Operations for the pages to show, as drafting, approvers and servers would have left them.</summary>
internal sealed class OperationScene(ConsoleHost host, string serverId)
{
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    /// <summary>An update that nobody has signed, for a request: the customer is asked.</summary>
    public Task<long> AwaitingAsync(long request) => AddAsync(OperationState.AwaitingApproval, request, [OperationStep.Draft], []);

    /// <summary>The same for no request: an update by default.</summary>
    /// <param name="what">Makes it an order for something else.</param>
    public Task<long> AwaitingAsync(Action<Order>? what = null) => AddAsync(OperationState.AwaitingApproval, request: null, [OperationStep.Draft], [], what: what);

    /// <summary>The same, half done.</summary>
    public Task<long> RunningAsync() => AddAsync(
        OperationState.Running,
        request: null,
        [OperationStep.Draft, OperationStep.Sign, OperationStep.Approve, OperationStep.Send, OperationStep.Receive, OperationStep.Verify, OperationStep.Intend, OperationStep.Run],
        [
            new() { Output = new() { Text = "Stopping php-fpm\u001b[31m (red)\n<script>alert(1)</script>\n" + new string('w', 300) + "\n" } },
            new() { Progress = new() { Phase = OrderPhase.Changing, Done = 1, Total = 3, Subject = "php-fpm-0:8.3.12-1.el9.x86_64" } },
        ]);

    /// <summary>The same, after a script has failed and a service does not run.</summary>
    public Task<long> FailedAsync() => AddAsync(
        OperationState.Failed,
        request: null,
        [OperationStep.Draft, OperationStep.Approve, OperationStep.Send, OperationStep.Receive, OperationStep.Verify, OperationStep.Run, OperationStep.Fail],
        [
            new()
            {
                Step = new()
                {
                    State = OrderState.Failed,
                    Failure = OrderFailure.Script,
                    Detail = "A package's own script failed.",
                    Outcome = new()
                    {
                        Packages =
                        {
                            new PackageOutcome { Name = "php-fpm", Architecture = "x86_64", InstalledVersions = { "0:8.3.12-1.el9" }, Done = true },
                            new PackageOutcome { Name = "php-common", Architecture = "x86_64", InstalledVersions = { "0:8.3.10-1.el9", "0:8.3.12-1.el9" } },
                        },
                        Units = { new UnitOutcome { Unit = "php-fpm.service", RanBefore = true } },
                        FailedScripts = { "php-common-0:8.3.12-1.el9.x86_64: %post" },
                        Problems = { "php-common-8.3.10 and php-common-8.3.12 are installed beside each other" },
                        RebootNeeded = true,
                    },
                },
            },
        ]);

    /// <summary>The same, of a rollout.</summary>
    public Task<long> OfRolloutAsync(long rollout, OperationState state) => AddAsync(state, request: null, [OperationStep.Draft], [], rollout: rollout);

    /// <summary>The same, broken off, and not repaired; for a request where one is given.</summary>
    public Task<long> UnknownAsync(long? request = null) => AddAsync(
        OperationState.Unknown,
        request,
        [OperationStep.Draft, OperationStep.Approve, OperationStep.Send, OperationStep.Receive, OperationStep.Run, OperationStep.BreakOff],
        [
            new()
            {
                Step = new()
                {
                    State = OrderState.Unknown,
                    Failure = OrderFailure.BrokenOff,
                    Outcome = new() { Packages = { new PackageOutcome { Name = "php-fpm", Architecture = "x86_64", InstalledVersions = { "0:8.3.10-1.el9", "0:8.3.12-1.el9" } } } },
                },
            },
        ]);

    /// <summary>The same, carried out, and one that was drafted to undo it.</summary>
    public async Task<(long Undone, long Undo)> UndoneAsync()
    {
        long undone = await SucceededAsync();
        return (undone, await AddAsync(OperationState.AwaitingApproval, request: null, [OperationStep.Draft], [], undone));
    }

    /// <summary>The same, carried out: what it replaced is kept.</summary>
    public Task<long> SucceededAsync() => AddAsync(
        OperationState.Succeeded,
        request: null,
        [OperationStep.Draft, OperationStep.Approve, OperationStep.Send, OperationStep.Succeed],
        [new() { Step = new() { State = OrderState.Succeeded, Outcome = new() { Packages = { new PackageOutcome { Name = "php-fpm", Done = true } } } } }],
        isKept: true);

    /// <summary>A running one has come further: durable, then told.</summary>
    public async Task ProgressAsync(long number, int done)
    {
        await host.Get<WriteGate>().WriteAsync(
            (session, token) =>
            {
                OrderReport report = new() { Progress = new() { Phase = OrderPhase.Changing, Done = done, Total = 3, Subject = "php-common-0:8.3.12-1.el9.x86_64" } };
                session.Db.Add(EntryOf(number, entry: 100 + done, report));
                return session.Db.SaveChangesAsync(token);
            },
            CancellationToken.None);
        host.Get<OperationChanges>().Touch(number, serverId);
    }

    private OperationEntryRow EntryOf(long number, long entry, OrderReport report) => new()
    {
        OperationNumber = number,
        Entry = entry,
        IsOutput = report.Output is not null,
        ReceivedTime = _now,
        Content = report.ToByteArray(),
    };

    private static Plan Plan(bool isKept) => new()
    {
        Changes =
        {
            Change("php-fpm", PackageAction.Upgrade, "0:8.3.10-1.el9", "0:8.3.12-1.el9", isKept),
            Change("php-common", PackageAction.Upgrade, "0:8.3.10-1.el9", "0:8.3.12-1.el9", isKept),
            Change("php-json", PackageAction.Remove, "0:8.3.10-1.el9", "", isKept),
        },
        RestartedUnits = { "php-fpm.service" },
        StoppedUnits = { "php-json.service" },
        ReopenedAdvisories = { "RHSA-2026:1042" },
        ConfigurationFiles = { new ConfigurationFileChange { Path = "/etc/php-fpm.d/www.conf", Package = "php-fpm", Effect = ConfigurationFileEffect.NewBeside } },
    };

    private static PackageChange Change(string name, PackageAction action, string before, string after, bool isKept) =>
        new() { Name = name, Architecture = "x86_64", Action = action, OldVersion = before, NewVersion = after, OldFile = isKept ? new PackageFile() : null };

    private Task<long> AddAsync(
        OperationState state, long? request, OperationStep[] steps, OrderReport[] told, long? undoes = null, bool isKept = false, Action<Order>? what = null, long? rollout = null) => host.Get<WriteGate>().WriteAsync(
        async (session, token) =>
        {
            byte[] id = RandomNumberGenerator.GetBytes(16);
            var plan = Plan(isKept);
            plan.MachineId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
            byte[] content = plan.ToByteArray();
            string hash = Convert.ToHexStringLower(SHA256.HashData(content));
            session.Db.Add(new PlanRow { PlanHash = hash, ServerId = serverId, Content = content, MadeTime = _now, MadeBy = "token:test", LastUsedTime = _now });
            Order order = OrderOf(id, plan.MachineId, hash, request);
            what?.Invoke(order);
            OperationRow row = new()
            {
                OrderId = Convert.ToHexStringLower(id),
                ServerId = serverId,
                Kind = order.Kind(),
                Payload = order.ToByteArray(),
                PlanHash = hash,
                RequestNumber = request,
                UndoesNumber = undoes,
                RolloutNumber = rollout,
                DraftedBy = "token:test",
                DraftedTime = _now,
                WindowStartTime = _now,
                WindowEndTime = _now.AddDays(1),
                State = state,
                NeedsConsent = request is not null,
            };
            session.Db.Add(row);
            await session.Db.SaveChangesAsync(token);
            session.Db.AddRange(steps.Select((step, place) => new OperationEventRow
            {
                OperationNumber = row.OperationNumber,
                Step = step,
                OccurredTime = _now.AddSeconds(place),
                Actor = step >= OperationStep.Receive ? "server" : "token:test",
                Text = string.Create(CultureInfo.InvariantCulture, $"step {place}"),
                PlanHash = "",
            }));
            session.Db.AddRange(told.Select((report, place) => EntryOf(row.OperationNumber, place + 1, report)));
            await session.Db.SaveChangesAsync(token);
            return row.OperationNumber;
        },
        CancellationToken.None);

    private Order OrderOf(byte[] id, string machineId, string planHash, long? request)
    {
        DateTimeOffset second = OperationDraft.WholeSecond(_now);
        return new()
        {
            OrderId = ByteString.CopyFrom(id),
            MachineId = machineId,
            CreatedTime = second.ToTimestamp(),
            WindowStartTime = second.ToTimestamp(),
            WindowEndTime = second.AddDays(1).ToTimestamp(),
            ExpiryTime = second.AddDays(1).ToTimestamp(),
            PlanHash = ByteString.CopyFrom(Convert.FromHexString(planHash)),
            PackageStateHash = ByteString.CopyFrom(SHA256.HashData(id)),
            Origin = request is null ? RequestOrigin.Technician : RequestOrigin.Customer,
            ServerCount = 1,
            UpdatePackages = new UpdatePackages { Names = { "php-fpm" } },
        };
    }
}
