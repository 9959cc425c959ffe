using System.CommandLine;
using System.Text.Json;
using HaiSoft.FleetSimulator.Hostile;
using HaiSoft.FleetSimulator.Identities;

namespace HaiSoft.FleetSimulator.Commands;

/// <summary><c>attack</c>: malformed and hostile frames, and connections that say nothing.</summary>
internal static class AttackCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Make()
    {
        Option<string> folder = new("--fleet") { Description = "The fleet's folder, as enrol made it.", Required = true };
        Option<int> agents = new("--agents") { Description = "How many of its agents turn hostile.", DefaultValueFactory = _ => 4 };
        Option<int> first = new("--first") { Description = "The first of them, from 1.", DefaultValueFactory = _ => 1 };
        Option<int> frames = new("--frames") { Description = "Hostile frames that are sent.", DefaultValueFactory = _ => 10_000 };
        Option<double> pace = new("--pace") { Description = "Acts each second, at most; an act is one frame or many.", DefaultValueFactory = _ => 20 };
        Option<int> idle = new("--idle") { Description = "TLS connections that are opened first and say nothing until the end." };
        Option<int> seed = new("--seed") { Description = "What is done follows from it.", DefaultValueFactory = _ => 1 };
        Command command = new("attack", "Does harm to a controller; prints what was done as JSON.") { folder, agents, first, frames, pace, idle, seed };
        command.SetAction((result, cancel) => Failures.ToldAsync(async () =>
        {
            FleetFile file = FleetFile.Read(result.GetRequiredValue(folder));
            if (result.GetValue(first) < 1 || result.GetValue(agents) < 1 || result.GetValue(first) + result.GetValue(agents) - 1 > file.Identities.Count)
                return Failures.Tell($"The fleet has {file.Identities.Count} agents: --first and --agents go beyond.");
            if (result.GetValue(pace) <= 0)
                return Failures.Tell("--pace must be more than nothing.");

            HostileCrowd crowd = new(file, result.GetValue(first), result.GetValue(agents), result.GetValue(seed), TimeProvider.System);
            await crowd.IdleAsync(result.GetValue(idle), cancel);
            HostileFigures figures = await crowd.AttackAsync(result.GetValue(frames), result.GetValue(pace), cancel);
            crowd.Leave();
            Console.WriteLine(JsonSerializer.Serialize(figures, Json));
            return 0;
        }));
        return command;
    }
}
