using System.CommandLine;
using HaiSoft.FleetSimulator.Agents;
using HaiSoft.FleetSimulator.Fleets;
using HaiSoft.FleetSimulator.Servers;

namespace HaiSoft.FleetSimulator.Commands;

/// <summary>The options of <c>run</c>.</summary>
internal sealed class RunOptions
{
    private readonly Option<double> _rate = new("--rate") { Description = "Turns each second over the whole fleet, in place of --every; 0 for as many as the controller acknowledges." };
    private readonly Option<TimeSpan> _every = Duration("--every", "How often each agent takes its turn.");
    private readonly Option<int> _readings = new("--readings") { Description = "Numeric readings in a report of measurements.", DefaultValueFactory = _ => 30 };
    private readonly Option<int> _window = new("--window") { Description = "With --rate 0: reports that an agent lets stand unacknowledged.", DefaultValueFactory = _ => 4 };
    private readonly Option<ReportMix> _mix = new("--mix") { Description = "What a turn brings: measurements alone, or all that an agent sends in a minute.", DefaultValueFactory = _ => ReportMix.Minute };
    private readonly Option<int> _dialAtOnce = new("--dial-at-once") { Description = "Agents that dial at the same time at the start.", DefaultValueFactory = _ => 64 };
    private readonly Option<TimeSpan?> _reconnectWithin = new("--reconnect-within") { Description = "Agents wait no longer than this before they dial again. Default: what the controller says (DESIGN 3).", CustomParser = Durations.ParseOptional };
    private readonly Option<TimeSpan> _duration = Duration("--duration", "How long agents report; Ctrl-C ends it early and in good order.");
    private readonly Option<double> _faults = new("--fault-rate") { Description = "Faults each second that are made and watched; needs --profile." };
    private readonly Option<int> _flapping = new("--flapping") { Description = "Servers whose web service goes down and comes back all the time; check counts their faults." };
    private readonly Option<TimeSpan?> _cutAfter = new("--cut-after") { Description = "When all connections break at once.", CustomParser = Durations.ParseOptional };

    /// <summary>The fleet's folder.</summary>
    public Option<string> Folder { get; } = new("--fleet") { Description = "The fleet's folder, as enrol made it.", Required = true };

    public Option<int> Agents { get; } = new("--agents") { Description = "How many agents.", Required = true };

    public Option<int> First { get; } = new("--first") { Description = "The first of them, from 1: several simulators share a fleet by it.", DefaultValueFactory = _ => 1 };

    public Option<string?> Profile { get; } = new("--profile") { Description = "The haisoftctl.json in the controller's data folder." };

    /// <summary>Where what is acknowledged is written down.</summary>
    public Option<string?> Ledger { get; } = new("--ledger") { Description = "Append every acknowledged report to this file." };

    public Option<string?> Json { get; } = new("--json") { Description = "Also write the figures to this file." };

    public Option<int> Seed { get; } = new("--seed") { Description = "What chance there is follows from it.", DefaultValueFactory = _ => 1 };

    public IEnumerable<Option> All =>
        [Folder, Agents, First, _rate, _every, _readings, _window, _mix, _duration, _faults, _flapping, _cutAfter, _reconnectWithin, _dialAtOnce, Profile, Ledger, Json, Seed];

    public FleetOptions Fleet(ParseResult result) => new()
    {
        Readings = result.GetValue(_readings),
        Every = Every(result),
        Window = result.GetValue(_window),
        Mix = result.GetValue(_mix),
        DialAtOnce = result.GetValue(_dialAtOnce),
        Reconnect = new ReconnectDelay(result.GetValue(_reconnectWithin)),
        Seed = result.GetValue(Seed),
    };

    public RunPlan Plan(ParseResult result) => new(result.GetValue(_duration), result.GetValue(_faults), result.GetValue(_cutAfter)) { Flapping = result.GetValue(_flapping) };

    /// <summary>What does not fit together, all of it.</summary>
    public IEnumerable<string> Faults(ParseResult result)
    {
        if (result.GetValue(Agents) < 1 || result.GetValue(First) < 1)
            yield return "--agents and --first begin at 1.";
        if (result.GetValue(_readings) is < 1 or > SeriesCatalogue.Most)
            yield return $"--readings must be 1 to {SeriesCatalogue.Most}.";
        if (result.GetValue(_rate) < 0 || result.GetValue(_every) <= TimeSpan.Zero)
            yield return "--rate must not be negative, and --every must be more than nothing.";
        if (result.GetValue(_faults) > 0 && result.GetValue(Profile) is null)
            yield return "--fault-rate watches incidents as a technician does: give --profile, too.";
        if (result.GetValue(_flapping) < 0)
            yield return "--flapping must not be negative.";
        if (OpenFileLimit.Fault(result.GetValue(Agents)) is { } limit)
            yield return limit;
    }

    private TimeSpan? Every(ParseResult result) => result.GetResult(_rate) is null
        ? result.GetValue(_every)
        : result.GetValue(_rate) is var rate and > 0 ? TimeSpan.FromSeconds(result.GetValue(Agents) / rate) : null;

    private static Option<TimeSpan> Duration(string name, string description) =>
        new(name) { Description = description, CustomParser = Durations.Parse, DefaultValueFactory = _ => TimeSpan.FromSeconds(60) };
}
