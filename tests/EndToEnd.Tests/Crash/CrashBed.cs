using System.Globalization;
using System.Text.Json.Nodes;
using HaiSoft.EndToEnd.Tests.Programs;
using HaiSoft.FleetSimulator.Ledgers;
using HaiSoft.Testing.Files;
using HaiSoft.Testing.Networks;

namespace HaiSoft.EndToEnd.Tests.Crash;

/// <summary>A controller on its store, a simulated fleet that reports at least 50 times a second, and a real agent, each of which may be killed.</summary>
internal sealed class CrashBed : IAsyncDisposable
{
    /// <summary>Simulated ones.</summary>
    public const int Agents = 20;

    /// <summary>Those of them with a service that goes down and comes back.</summary>
    public const int FlappingServers = 4;

    // sysexits.h: try again.
    private const int StoreRefused = 75;

    // A turn at the default mix is five reports or more.
    private const double TurnsPerSecond = 15;

    private static readonly TimeSpan CatchUp = TimeSpan.FromMinutes(2);

    private readonly ScratchFolder _folder = new();
    private readonly List<IAsyncDisposable> _parts = [];
    private BedStore _store = BedStore.Embedded;

    public ControllerProgram Controller { get; private set; } = null!;

    public AgentProgram Agent { get; private set; } = null!;

    public FleetProgram Fleet { get; private set; } = null!;

    /// <summary>Where the controller is.</summary>
    public TestNetwork Network { get; private set; } = null!;

    /// <summary>The one cable of all servers.</summary>
    public Cable Cable { get; private set; } = null!;

    private RoundsOnDemand? Rounds { get; set; }

    /// <summary>Starts all of it, the store in the controller's data folder.</summary>
    public static Task<CrashBed> StartAsync(int seed, CancellationToken cancellationToken) => StartAsync(seed, new BedPlaces(), cancellationToken);

    /// <summary>Starts all of it.</summary>
    public static async Task<CrashBed> StartAsync(int seed, BedPlaces places, CancellationToken cancellationToken)
    {
        var bed = new CrashBed();
        try
        {
            if (places.OnPostgres)
            {
                bed._store = bed.Keep(await BedStore.StartPostgresAsync(cancellationToken));
            }

            await bed.MakeAsync(seed, places, cancellationToken);
            return bed;
        }
        catch
        {
            await bed.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the controller, ready or not, and starts the next one.</summary>
    public async Task KillControllerAsync(CancellationToken cancellationToken)
    {
        await Controller.KillAsync(cancellationToken);
        Controller.Launch();
    }

    /// <summary>Kills the agent, looks at what it left, and starts the next one.</summary>
    /// <exception cref="InvalidDataException">Its spool lacks something that it had sent.</exception>
    public async Task KillAgentAsync(CancellationToken cancellationToken)
    {
        await Agent.KillAsync(cancellationToken);
        var left = SpoolLeft.In(Agent.StateFolder);
        var durable = Durable(left.Epoch);
        if (!left.IsWhole || left.Last < durable || left.Acknowledged > durable)
        {
            throw new InvalidDataException(
                $"The spool holds {left.Reports.Count} records up to {left.Last}, acknowledged up to {left.Acknowledged}; the controller holds {durable}.");
        }

        Agent.Launch();
    }

    /// <summary>Kills the database server, starts it again after a while, and a controller that gave up its start meanwhile, as systemd does.</summary>
    public async Task KillStoreAsync(TimeSpan outage, CancellationToken cancellationToken)
    {
        await _store.KillAsync(cancellationToken);
        // The length of the outage is the scenario: there is nothing to await.
        await Task.Delay(outage, TimeProvider.System, cancellationToken);
        await _store.RunAsync(cancellationToken);
        while (!await Controller.ComesUpAsync(cancellationToken))
        {
            var code = await Controller.Exited;
            if (code != StoreRefused)
            {
                throw new InvalidDataException($"The controller ended with {code} for want of its database:\n{Controller.Log}");
            }

            await KillControllerAsync(cancellationToken);
        }
    }

    /// <summary>Waits until so many more of the fleet's reports are acknowledged.</summary>
    public async Task AcknowledgedAsync(int more, CancellationToken cancellationToken)
    {
        var before = Acknowledged();
        await Eventually.SeeAsync(
            $"{more} more acknowledged reports", CatchUp, () => Task.FromResult(Acknowledged() >= before + more ? "seen" : null), cancellationToken);
    }

    /// <summary>The one number that a query of the controller's database yields; the controller may run or be dead.</summary>
    public long Number(string query, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var held = _store.Open(Controller.DataFolder);
        return held.Number(query, values);
    }

    /// <summary>What the controller says that it holds of an agent's spool; asked of its tables, because it may be dead.</summary>
    public long Durable(string epoch) =>
        Number("SELECT coalesce(max(last_durable_sequence), 0) FROM agent_epochs WHERE epoch = @epoch", ("epoch", epoch));

    /// <summary>Lets all come to rest and compares what was acknowledged with what the controller holds: the fleet's and the agent's.</summary>
    public async Task<(LedgerCheck Fleet, LedgerCheck Agent, JsonNode Figures)> SettleAsync(CancellationToken cancellationToken)
    {
        await Controller.ReadyAsync(cancellationToken);
        await Rounds!.DisposeAsync();
        // It has waited longer and longer for the controller: a new one dials at once.
        await KillAgentAsync(cancellationToken);
        var figures = await Fleet.EndAsync(cancellationToken);
        await Eventually.SeeAsync(
            "everything that the agent's spool holds at the controller",
            CatchUp,
            () => Task.FromResult(SpoolLeft.In(Agent.StateFolder) is { Last: > 0 } held && Durable(held.Epoch) >= held.Last ? held : null),
            cancellationToken);
        await Agent.KillAsync(cancellationToken);
        return (await CheckAsync("", cancellationToken), await CheckAsync(WriteAgentsLedger(), "", cancellationToken), figures);
    }

    /// <summary>What the check of the fleet's ledger says once something was done to a copy of the controller's database.</summary>
    /// <param name="damage">A statement of SQL; empty for none.</param>
    public Task<LedgerCheck> CheckAsync(string damage, CancellationToken cancellationToken) => CheckAsync(Fleet.Ledger, damage, cancellationToken);

    /// <summary>The same when the ledger misses a report of measurements, as if the controller had one that nobody sent.</summary>
    public Task<LedgerCheck> CheckWithoutOneReportAsync(CancellationToken cancellationToken)
    {
        var left = File.ReadAllLines(Fleet.Ledger).ToList();
        left.RemoveAt(left.FindLastIndex(line => LedgerEntry.Parse(line) is { Readings: > 0 }));
        File.WriteAllLines(_folder["shorter.ledger"], left);
        return CheckAsync(_folder["shorter.ledger"], "", cancellationToken);
    }

    /// <summary>The same when the ledger names another report in the place of one, as if the controller had lost one of a server and held one too many.</summary>
    public async Task<LedgerCheck> CheckWithOneReportForAnotherAsync(CancellationToken cancellationToken)
    {
        var left = File.ReadAllLines(Fleet.Ledger);
        var place = Array.FindLastIndex(left, line => LedgerEntry.Parse(line) is { Readings: > 0 });
        var entry = LedgerEntry.Parse(left[place])!;
        left[place] = (entry with { Mark = entry.Mark!.Value with { Value = -1 } }).ToString();
        await File.WriteAllLinesAsync(_folder["other.ledger"], left, cancellationToken);
        return await CheckAsync(_folder["other.ledger"], "", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts))
        {
            await part.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task MakeAsync(int seed, BedPlaces places, CancellationToken cancellationToken)
    {
        var network = Keep(await TestNetwork.CreateAsync(cancellationToken));
        var (servers, cable) = await network.AddServersAsync(cancellationToken);
        Keep(servers);
        Cable = cable;
        Network = network;
        Controller = Keep(await ControllerProgram.StartAsync(network, ["--Controller:Ingest:ReconnectWithin=00:00:01", .. _store.Settings], places.DataFolder, cancellationToken));
        string[] load =
        [
            "--rate", TurnsPerSecond.ToString(CultureInfo.InvariantCulture),
            "--flapping", FlappingServers.ToString(CultureInfo.InvariantCulture),
            "--reconnect-within", "1s",
            "--seed", seed.ToString(CultureInfo.InvariantCulture),
        ];
        Fleet = Keep(await FleetProgram.StartAsync(servers, Controller, Agents, load, cancellationToken));
        var often = new JsonObject
        {
            ["measurements"] = new JsonObject { ["interval"] = "10s" },
            ["hardware"] = new JsonObject { ["boardInterval"] = "10s", ["diskInterval"] = "1m" },
        };
        Agent = Keep(await AgentProgram.StartAsync(servers, Controller, "real-01", often, clock: null, places.StateFolder, cancellationToken));
        Rounds = Keep(new RoundsOnDemand(Controller.Technician(), Agent.Server));
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }

    private int Acknowledged() => File.Exists(Fleet.Ledger) ? File.ReadLines(Fleet.Ledger).Count() : 0;

    private string WriteAgentsLedger()
    {
        var left = SpoolLeft.In(Agent.StateFolder);
        var durable = Durable(left.Epoch);
        File.WriteAllLines(
            _folder["agent.ledger"],
            left.Reports.Where(report => report.Sequence <= durable)
                .Select(report => LedgerEntry.Of(Agent.Server, left.Epoch, report, LedgerMark.Uptime, RoundsOnDemand.FailingService).ToString()));
        return _folder["agent.ledger"];
    }

    private async Task<LedgerCheck> CheckAsync(string ledger, string damage, CancellationToken cancellationToken)
    {
        using var held = damage.Length == 0 ? _store.Open(Controller.DataFolder) : await _store.CopyAsync(Controller.DataFolder, cancellationToken);
        if (damage.Length > 0)
        {
            held.Run(damage);
        }

        return LedgerCheck.Of(ledger, held);
    }
}
