using System.Globalization;
using System.Text.Json;
using HaiSoft.Controller.Orders;
using HaiSoft.Controller.Storage;
using HaiSoft.Controller.Tests.Identity;
using HaiSoft.Controller.Tests.Storage;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.Orders;
using Shouldly;
using Xunit;

namespace HaiSoft.Controller.Tests.Ctl.Operations;

/// <summary>Servers web-01 to web-0N of one controller, whose store outlives it, and a rollout on them.</summary>
internal sealed class RolloutScene : IAsyncDisposable
{
    /// <summary>How long the window of a rollout is that is started while servers are away.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(12);

    private readonly TestStore _store;

    private RolloutScene(TestStore store, IReadOnlyList<OrderScene> servers)
    {
        _store = store;
        Servers = servers;
    }

    /// <summary>The first is of wave 1.</summary>
    public IReadOnlyList<OrderScene> Servers { get; }

    public OrderScene First => Servers[0];

    public RunningController Controller => First.Controller;

    public static async Task<RolloutScene> SetAsync(StoreKind kind, int servers)
    {
        TestStore store = TestStore.Make(kind);
        List<OrderScene> all = [await OrderScene.SetAsync(kind, store)];
        while (all.Count < servers)
            all.Add(await all[0].JoinAsync($"web-0{all.Count + 1}"));
        return new(store, all);
    }

    /// <summary>Starts an update of httpd on these servers, and has those that are connected answer.</summary>
    /// <param name="sizes">The sizes of the waves.</param>
    /// <param name="answers">What each server answers; a plan where there is none.</param>
    public async Task<JsonElement> StartAsync(string sizes, IReadOnlyDictionary<int, Func<OrderScene, Task>>? answers = null)
    {
        string[] servers = [.. Servers.SelectMany((_, i) => new[] { "--server", $"web-0{i + 1}" })];
        CommandLine.Printed started = await First.Ctl.RunAsync(["rollout", "new", "update", "httpd", "--wave-sizes", sizes, .. servers, "--json"]);
        started.Code.ShouldBe(0, started.Error);
        Task[] planning = [.. Servers.Select((server, i) => answers?.GetValueOrDefault(i)?.Invoke(server) ?? server.AnswerPlanAsync())];
        // One answer is followed by the next question at once: time passes only until the first.
        await Controller.PassTimeAsync(Task.WhenAny(planning));
        await Task.WhenAll(planning);
        return await UntilAsync(shown => Of(shown, "servers").All(server =>
            server.GetProperty("operation").ValueKind == JsonValueKind.Object || server.GetProperty("note").ValueKind == JsonValueKind.String));
    }

    /// <summary>The same with a wave for each server, while all but the first are away.</summary>
    public async Task StartAwayAsync()
    {
        string[] servers = [.. Servers.SelectMany((_, i) => new[] { "--server", $"web-0{i + 1}" })];
        string until = $"{Controller.Time.GetUtcNow() + Window:O}";
        (await First.Ctl.RunAsync(["rollout", "new", "update", "httpd", "--wave-sizes", "1", "--until", until, .. servers])).Code.ShouldBe(0);
        await Controller.PassTimeAsync(First.AnswerPlanAsync());
        await UntilAsync(shown => OperationsOf(shown)[0] == "awaiting_approval");
    }

    /// <summary>The rollout, as soon as it is so.</summary>
    public async Task<JsonElement> UntilAsync(Func<JsonElement, bool> isSo)
    {
        using OperationChanges.Watch watch = Controller.Service<OperationChanges>().OfAll();
        while (true)
        {
            JsonElement shown = await ShowAsync();
            if (isSo(shown))
                return shown;
            await watch.Changes.ReadAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The rollout, once time has passed until it is in this state.</summary>
    public async Task<JsonElement> UntilAsync(string state)
    {
        Task<JsonElement> until = UntilAsync(shown => StateOf(shown) == state);
        await Controller.PassTimeAsync(until);
        return await until;
    }

    public async Task<JsonElement> ShowAsync()
    {
        CommandLine.Printed shown = await First.Ctl.RunAsync("rollout", "show", "1", "--json");
        shown.Code.ShouldBe(0, shown.Error);
        return shown.Json;
    }

    public Task<CommandLine.Printed> ApproveAsync(string holder) =>
        First.Ctl.RunAsync(["approve", "--rollout", "1", "--yes", .. First.Holders.KeyOf(holder)]);

    /// <summary>A wave's orders, once time has passed until they are handed over.</summary>
    public async Task<IReadOnlyList<VerifiedOrder>> OrdersAsync(params OrderScene[] wave)
    {
        Task<VerifiedOrder>[] orders = [.. wave.Select(server => server.OrderAsync())];
        await Controller.PassTimeAsync(Task.WhenAll(orders));
        return [.. orders.Select(order => order.Result)];
    }

    /// <summary>A wave gets its orders, and its servers tell that they end so.</summary>
    public async Task CarryOutAsync(OrderState end, params OrderScene[] wave)
    {
        IReadOnlyList<VerifiedOrder> orders = await OrdersAsync(wave);
        for (int i = 0; i < wave.Length; i++)
            await wave[i].TellAsync(wave[i].Step(orders[i].Id, 1, end));
    }

    /// <summary>Nothing was handed over to these, and nothing is now, whoever asks for it.</summary>
    public async Task HasHandedOverNothingAsync(params OrderScene[] servers)
    {
        OrderQueue queue = Controller.Service<OrderQueue>();
        (await queue.ServersWithDueAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        JsonElement shown = await ShowAsync();
        foreach (OrderScene server in servers)
        {
            await server.TellSomethingElseAsync();
            server.Agent.Heard.ShouldNotContain(said => said.Order != null);
            string operation = Of(shown, "servers").ElementAt(Servers.ToList().IndexOf(server)).GetProperty("operation").GetProperty("operation_id").GetString()!;
            (await queue.TakeAsync(long.Parse(operation, CultureInfo.InvariantCulture), TestContext.Current.CancellationToken)).Envelope.ShouldBeNull();
        }
    }

    /// <summary>The controller stops and starts anew on its store; agents connect again.</summary>
    public async Task RestartAsync()
    {
        foreach (OrderScene server in Servers)
            await server.DisconnectAsync();
        await Controller.DisposeAsync();
        RunningController next = RunningController.StartOn(_store, Controller.Time);
        foreach (OrderScene server in Servers)
        {
            server.MoveTo(next);
            await server.ConnectAsync();
        }
    }

    public static IEnumerable<JsonElement> Of(JsonElement shown, string list) => shown.GetProperty(list).EnumerateArray();

    public static string StateOf(JsonElement shown) => shown.GetProperty("rollout").GetProperty("state").GetString()!;

    public static string[] StoryOf(JsonElement shown) => [.. Of(shown, "story").Select(e => e.GetProperty("step").GetString()!)];

    /// <summary>Where each server's operation stands; "" where there is none.</summary>
    public static string[] OperationsOf(JsonElement shown) => [.. Of(shown, "servers").Select(server =>
        server.GetProperty("operation") is { ValueKind: JsonValueKind.Object } operation ? operation.GetProperty("state").GetString()! : "")];

    public async ValueTask DisposeAsync()
    {
        foreach (OrderScene server in Servers.Reverse())
            await server.DisposeAsync();
        _store.Dispose();
    }
}
