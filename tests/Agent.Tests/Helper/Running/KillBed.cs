using System.Globalization;
using Google.Protobuf;
using HaiSoft.Agent.Helper.Files;
using HaiSoft.Agent.Helper.Journal;
using HaiSoft.Agent.Tests.Helper.Orders;
using HaiSoft.Agent.Tests.Helper.Trust;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Packages;
using HaiSoft.Testing.Processes;

namespace HaiSoft.Agent.Tests.Helper.Running;

/// <summary>
/// A server on which version 1.0 of a package is to be updated to 1.1, again and again, each time by an order of its own. Each of the new
/// version's scripts writes down that it ran, and waits while a file says so.
/// </summary>
internal sealed class KillBed : IAsyncDisposable
{
    private const string App = "app";
    private static readonly RpmSpec Before = new(App, "1.0");
    private static readonly RpmSpec After = new(App, "1.1") { Scripts = [Script("pre"), Script("post"), Script("posttrans")] };

    private readonly ScratchFolder _aside = new();
    private readonly List<Gate> _gates = [];
    private readonly ByteString _plan;
    private FileStream? _workLock;
    private bool _hasRpmLock;

    private KillBed(RunningHelper helper, ByteString plan) => (Helper, _plan) = (helper, plan);

    public RunningHelper Helper { get; }

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private string KeptPlan => Path.Combine(Helper.StateFolder, "plans", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(_plan.Span)), "plan");

    private string RpmLock => Helper.Root["/var/lib/dnf/rpmdb_lock.pid"];

    private string Ran => Helper.Root["/ran"];

    public static async Task<KillBed> MakeAsync()
    {
        RunningHelper helper = await RunningHelper.StartAsync(Before, After);
        await helper.Root.InstallAsync(Stop, Path.Combine(helper.Repository.Folder, Before.FileName));
        await helper.ListAsync(change: null, App);
        return new(helper, await helper.PlanAsync(new PlanRequest { RequestId = "r", UpdatePackages = new UpdatePackages { Names = { App } } }));
    }

    /// <summary>Gives an order, kills when it has come so far, lets it go on, and awaits its end.</summary>
    public async Task<KillOutcome> KillAsync(Depth depth, Victim victim)
    {
        await ResetAsync();
        byte[] envelope = Helper.Company.Order(PlannedOrder.Of(_plan, TimeProvider.System.GetUtcNow()));
        HeldOrder order = await ReachAsync(envelope, depth);
        await KillAsync(order, victim);
        if (depth == Depth.Fetched)
            CutTheLastEntry(order);
        LetGo();
        return await EndAsync(order);
    }

    /// <summary>Gives an order, kills all that works on it after some time, and awaits its end.</summary>
    public async Task<KillOutcome> KillAsync(TimeSpan moment)
    {
        await ResetAsync();
        byte[] envelope = Helper.Company.Order(PlannedOrder.Of(_plan, TimeProvider.System.GetUtcNow()));
        await Helper.GiveAsync(envelope);
        HeldOrder order = await HeldAsync(envelope);
        // The moment is the scenario: there is nothing to await.
        await Task.Delay(moment, TimeProvider.System, Stop);
        await KillAsync(order, Victim.Everyone);
        return await EndAsync(order);
    }

    /// <summary>Gives an order, and kills dnf in a script of it, and of each repair.</summary>
    public async Task<KillOutcome> KillRepairsAsync()
    {
        await ResetAsync();
        HeldOrder order = await ReachAsync(Helper.Company.Order(PlannedOrder.Of(_plan, TimeProvider.System.GetUtcNow())), Depth.Post);
        for (int runs = 1; runs <= 3; runs++)
        {
            int which = runs;
            await Helper.UntilAsync(order, () => Runs("post") == which);
            OrderProcesses.KillDnf(order);
        }

        return await EndAsync(order);
    }

    public async ValueTask DisposeAsync()
    {
        LetGo();
        await Helper.DisposeAsync();
        _aside.Dispose();
    }

    private static string Script(string name) =>
        $"""
        %{name} -p <lua>
        local ran = io.open('/ran', 'a')
        ran:write('{name} ')
        ran:close()
        while posix.stat('/hold-{name}') do posix.sleep(1) end
        """;

    private async Task ResetAsync()
    {
        File.Delete(Ran);
        await Helper.Root.InstallAsync(Stop, "--oldpackage", "--replacepkgs", Path.Combine(Helper.Repository.Folder, Before.FileName));
    }

    private async Task<HeldOrder> ReachAsync(byte[] envelope, Depth depth)
    {
        if (depth == Depth.Received)
        {
            await CloseAsync(Path.Combine(Helper.StateFolder, "trust", "catalogue"));
            // It is not answered: who would answer is killed.
            _ = Helper.Orders.CarryOutAsync(new OrderOffer { Order = ByteString.CopyFrom(envelope) }, Stop);
            return await StateAsync(envelope, OrderState.Received);
        }

        if (depth <= Depth.Begun)
        {
            await CloseAsync(KeptPlan);
            await Helper.GiveAsync(envelope);
            HeldOrder verified = await StateAsync(envelope, OrderState.Verified);
            return depth == Depth.Verified ? verified : await ReachIntentAsync(verified, depth);
        }

        _hasRpmLock = depth == Depth.BeforeTransaction;
        if (_hasRpmLock)
            Write(RpmLock, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        if (ScriptOf(depth) is { } script)
            Write(Hold(script), "");
        await Helper.GiveAsync(envelope);
        HeldOrder order = await HeldAsync(envelope);
        if (depth == Depth.Transacted)
            await CloseAsync(Path.Combine(order.Folder, "end.json.new"));
        await Helper.UntilAsync(order, () => depth == Depth.BeforeTransaction
            ? order.Entries().Any(entry => entry.Progress?.Phase == OrderPhase.Waiting)
            : Runs(depth == Depth.Transacted ? "posttrans" : ScriptOf(depth)!) == 1);
        if (depth == Depth.Ended)
        {
            await CloseAsync(Path.Combine(order.Folder, "failed-scripts"));
            File.Delete(Hold("posttrans"));
            await Helper.UntilAsync(order, () => File.Exists(Path.Combine(order.Folder, "end.json")));
        }

        return order;
    }

    // While the test has the order's own lock, the job does not start it.
    private async Task<HeldOrder> ReachIntentAsync(HeldOrder order, Depth depth)
    {
        _workLock = FileLock.TryTake(Path.Combine(order.Folder, "lock"));
        LetGoOfGates();
        await Helper.UntilAsync(order, () => order.State() == OrderState.Intent);
        if (depth == Depth.Begun)
        {
            await CloseAsync(Path.Combine(order.Folder, "plan", "plan"));
            LetGoOfLock();
            await Helper.UntilAsync(order, () => order.State() == OrderState.Running);
        }

        return order;
    }

    private async Task KillAsync(HeldOrder order, Victim victim)
    {
        if (victim is Victim.Job or Victim.Everyone)
            await Helper.RunJob.KillAsync(Stop);
        if (victim is Victim.CarryOut or Victim.Everyone)
            OrderProcesses.KillHelper(order);
        if (victim is Victim.Dnf or Victim.Everyone)
            OrderProcesses.KillDnf(order);
    }

    // As a crash in the middle of the write leaves it.
    private static void CutTheLastEntry(HeldOrder order)
    {
        using FileStream entries = new(Path.Combine(order.Folder, "entries"), FileMode.Open);
        entries.SetLength(entries.Length - 1);
    }

    private async Task<KillOutcome> EndAsync(HeldOrder order)
    {
        if (!Helper.RunJob.Identity.IsAlive)
            await Helper.RestartAsync();
        await Helper.UntilAsync(order, order.HasEnded);
        return new(
            [.. order.Entries().Where(entry => entry.Step is not null).Select(entry => entry.Step)],
            await Helper.InstalledAsync(App),
            (await File.ReadAllTextAsync(Helper.Root["/usr/share/app/version"], Stop)).Trim(),
            File.Exists(Ran) ? await File.ReadAllTextAsync(Ran, Stop) : "",
            await Tool.RunAsync("dnf", ["--installroot", Helper.Root.Path, "--noplugins", "--setopt=reposdir=/nowhere", "check"], Stop),
            await Helper.Root.RpmAsync(["--verify", App], Stop));
    }

    private async Task CloseAsync(string path) => _gates.Add(await Gate.CloseAsync(path, _aside, Stop));

    private void LetGo()
    {
        LetGoOfGates();
        LetGoOfLock();
        foreach (string file in ((string[])[Hold("pre"), Hold("post"), Hold("posttrans")]).Where(File.Exists))
            File.Delete(file);
        // Later it is dnf's own.
        if (_hasRpmLock)
            File.Delete(RpmLock);
        _hasRpmLock = false;
    }

    private void LetGoOfGates()
    {
        _gates.ForEach(gate => gate.Open());
        _gates.Clear();
    }

    private void LetGoOfLock()
    {
        _workLock?.Dispose();
        _workLock = null;
    }

    private async Task<HeldOrder> HeldAsync(byte[] envelope)
    {
        string id = Convert.ToHexStringLower(OrderBed.IdOf(envelope).Span);
        await Helper.UntilAsync(order: null, () => Helper.Journal.Find(id) is not null);
        return Helper.Journal.Find(id)!;
    }

    private async Task<HeldOrder> StateAsync(byte[] envelope, OrderState state)
    {
        HeldOrder order = await HeldAsync(envelope);
        await Helper.UntilAsync(order, () => order.State() == state);
        return order;
    }

    private int Runs(string script) => File.Exists(Ran) ? File.ReadAllText(Ran).Split(' ').Count(ran => ran == script) : 0;

    private string Hold(string script) => Helper.Root[$"/hold-{script}"];

    private static string? ScriptOf(Depth depth) => depth switch
    {
        Depth.Pre => "pre",
        Depth.Post => "post",
        Depth.PostTransaction or Depth.Ended => "posttrans",
        _ => null,
    };

    private static void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
