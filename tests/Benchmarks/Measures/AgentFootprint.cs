using HaiSoft.Benchmarks.Figures;
using HaiSoft.Benchmarks.Machines;
using HaiSoft.Benchmarks.Programs;
using HaiSoft.FleetSimulator.Records;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Testing.Files;

namespace HaiSoft.Benchmarks.Measures;

/// <summary>What the real agent and its helper cost this machine at default settings, reporting to a real controller.</summary>
internal static class AgentFootprint
{
    private static readonly TimeSpan BetweenSamples = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(string controller, AgentKind kind, Plan plan, CancellationToken cancellationToken)
    {
        string programs = await Publishing.AgentAsync(kind, plan.AsPublished, cancellationToken);
        using ScratchFolder folder = new();
        await using ControllerProgram running = await ControllerProgram.StartAsync(controller, folder["data"], ControllerPorts.Free(), [], cancellationToken);
        CreateEnrolmentTokenResponse token = await TokenAsync(running.Profile, cancellationToken);
        await using AgentProgram agent = await AgentProgram.StartAsync(programs, folder, token, cancellationToken);
        await Task.Delay(plan.AgentSettle, TimeProvider.System, cancellationToken);
        return await SampleAsync(agent, kind, plan.Agent, cancellationToken);
    }

    private static async Task<CreateEnrolmentTokenResponse> TokenAsync(ControllerProfile profile, CancellationToken cancellationToken)
    {
        using TechnicianLink link = new(profile);
        await new FleetRecords(link).EnsureAsync(1, cancellationToken);
        CreateEnrolmentTokenRequest request = new() { Server = FleetRecords.ServerName(1) };
        return await link.Records.CreateEnrolmentTokenAsync(request, link.Options(cancellationToken));
    }

    private static async Task<IReadOnlyList<Figure>> SampleAsync(AgentProgram agent, AgentKind kind, TimeSpan duration, CancellationToken cancellationToken)
    {
        List<ProcessUse> agents = [];
        List<ProcessUse> helpers = [];
        long begun = TimeProvider.System.GetTimestamp();
        while (agents.Count < 2 || TimeProvider.System.GetElapsedTime(begun) < duration)
        {
            agents.Add(ProcessUse.Of(agent.AgentId));
            helpers.Add(ProcessUse.Of(agent.HelperId));
            await Task.Delay(BetweenSamples, TimeProvider.System, cancellationToken);
        }

        double hours = TimeProvider.System.GetElapsedTime(begun).TotalHours;
        string name = kind == AgentKind.TrimmedReadyToRun ? "net10.0 trimmed ReadyToRun" : "net9.0 native AOT";
        return [.. Of($"agent, {name}", agents, hours), .. Of($"helper, {name}", helpers, hours)];
    }

    private static IEnumerable<Figure> Of(string name, List<ProcessUse> uses, double hours) =>
    [
        new($"{name}: resident", "MiB", [.. uses.Select(use => use.ResidentBytes / ProcessUse.Mebibyte)]),
        new($"{name}: proportional", "MiB", [.. uses.Select(use => use.ProportionalBytes / ProcessUse.Mebibyte)]),
        new($"{name}: anonymous", "MiB", [.. uses.Select(use => use.AnonymousBytes / ProcessUse.Mebibyte)]),
        new($"{name}: CPU", "s per hour", (uses[^1].CpuSeconds - uses[0].CpuSeconds) / hours),
        new($"{name}: CPU of tools it ran", "s per hour", (uses[^1].ToolsCpuSeconds - uses[0].ToolsCpuSeconds) / hours),
    ];
}
