using HaiSoft.Protocol.Technician.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HaiSoft.Ctl.Display;

/// <summary>Rollouts for people: which, and one with its servers by wave.</summary>
internal static class RolloutPage
{
    public static void Show(IAnsiConsole console, RolloutDetail detail)
    {
        Rollout rollout = detail.Rollout;
        Screen.Print(console, Screen.Text($"Rollout {rollout.RolloutId}: {RolloutWords.Of(rollout.What)}", "bold"));
        Grid head = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(2)).AddColumn();
        head.AddRow(new Text("State"), Of(rollout.State));
        if (rollout.HeldBecause.Length > 0)
            head.AddRow(new Text("Held because"), Screen.Text(rollout.HeldBecause, "red bold"));
        head.AddRow(new Text("Progress"), new Text(RolloutWords.ProgressOf(rollout)));
        if (rollout.RequestId.Length > 0)
            head.AddRow(new Text("Request"), Screen.Text(rollout.RequestId));
        head.AddRow(new Text("Window"), new Text($"{Screen.Instant(Words.Of(rollout.WindowStartTime))} to {Screen.Instant(Words.Of(rollout.WindowEndTime))}"));
        console.Write(head);
        console.WriteLine();
        Screen.Print(console, ServersOf(detail));
        console.WriteLine();
        Table story = Screen.Table("When", "Who", "What", "Why");
        story.Columns[0].NoWrap();
        foreach (RolloutEvent e in detail.Story)
            story.AddRow(new Text(Screen.Instant(Words.Of(e.OccurredTime))), Screen.Text(e.Actor), new Text(RolloutWords.Of(e.Step).Replace('_', ' ')), Screen.Text(e.Text));
        Screen.Print(console, story);
        if (rollout.State == RolloutState.Held)
            Screen.Print(console, Screen.Text($"No order goes to its server: haisoftctl rollout resume {rollout.RolloutId} --why TEXT, or rollout cancel.", "yellow"));
    }

    /// <summary>Rollouts, a line each.</summary>
    public static IRenderable Table(IReadOnlyCollection<Rollout> rollouts)
    {
        if (rollouts.Count == 0)
            return new Markup("There is no rollout: haisoftctl rollout new starts one.\n");
        Table table = Screen.Table("No.", "State", "What", "Progress", "Window", "Started by", "Held because");
        foreach (Rollout rollout in rollouts)
        {
            table.AddRow(
                new Text(rollout.RolloutId),
                Of(rollout.State),
                Screen.Text(RolloutWords.Of(rollout.What)),
                new Text(RolloutWords.ProgressOf(rollout)),
                new Text($"{Screen.Instant(Words.Of(rollout.WindowStartTime))} to {Screen.Instant(Words.Of(rollout.WindowEndTime))}"),
                Screen.Text(rollout.StartedBy),
                Screen.Text(rollout.HeldBecause));
        }

        return table;
    }

    private static Table ServersOf(RolloutDetail detail)
    {
        Table table = Screen.Table("Wave", "Server", "Operation", "State", "");
        foreach (RolloutServer server in detail.Servers)
        {
            table.AddRow(
                new Text($"{server.Wave}"),
                Screen.Text(server.Server),
                new Text(server.Operation?.OperationId ?? "-"),
                server.Operation is { } operation ? OperationTable.Of(operation.State) : Screen.Text(server.WithoutPlan ? "no plan" : server.LeftOut ? "nothing to do" : "to make a plan"),
                Screen.Text(string.Join("; ", new[]
                {
                    server.LeftOut ? "left out" : "",
                    server.Note,
                    server.Operation is { } waiting ? OperationTable.WaitsFor(waiting) : "",
                }.Where(text => text.Length > 0))));
        }

        return table;
    }

    private static Markup Of(RolloutState state) => Screen.Text(RolloutWords.Of(state).Replace('_', ' '), state switch
    {
        RolloutState.Held => "red bold",
        RolloutState.Finished => "green",
        RolloutState.Cancelled or RolloutState.WindowOver => "yellow",
        _ => "default",
    });
}
