using Google.Protobuf.WellKnownTypes;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Technician.V1;
using HaiSoft.Protocol.Trust.V1;
using Spectre.Console;
using Operation = HaiSoft.Protocol.Technician.V1.Operation;

namespace HaiSoft.Ctl.Display;

/// <summary>One operation: its plan, who signed, its story, and what its server told.</summary>
internal static class OperationPage
{
    public static void Show(IAnsiConsole console, OperationDetail detail)
    {
        Operation operation = detail.Operation;
        Screen.Print(console, Screen.Text($"Operation {operation.OperationId}: {SealedText.Of(operation.Kind)} on {operation.Server}", "bold"));
        Head(console, operation, Order.Parser.ParseFrom(detail.Order));
        if (!detail.Plan.IsEmpty)
        {
            console.WriteLine();
            PlanPage.Show(console, PlanFile.Read(detail.Plan.ToByteArray(), "The plan"));
        }

        console.WriteLine();
        ShowSignatures(console, detail);
        ShowStory(console, detail);
        foreach (OrderReport report in detail.Reports)
        {
            if (report.Output is { } output)
                ShowOutput(console, output);
            else if (report.Step is { Outcome: not null } step)
                ShowOutcome(console, step.Outcome);
        }
    }

    /// <summary>What a script printed; hostile.</summary>
    public static void ShowOutput(IAnsiConsole console, OrderOutput output)
    {
        foreach (string line in output.Text.TrimEnd('\n').Split('\n'))
            Screen.Print(console, Screen.Text("  | " + line));
        if (output.Cut)
            Screen.Print(console, Screen.Text("  | more was printed than is kept", "grey"));
    }

    /// <summary>A step as the server told it.</summary>
    public static void Show(IAnsiConsole console, Timestamp time, OrderStep step)
    {
        Screen.Print(console, Screen.Text($"{Screen.Instant(Instants.Read(time))}  {OperationWords.Of(step.State)}{Why(step)}"));
        if (step.Outcome is { } outcome)
            ShowOutcome(console, outcome);
    }

    private static string Why(OrderStep step)
    {
        string reason = step.Refusal != TrustRefusal.Unspecified ? step.Refusal.ToString() : step.Failure != OrderFailure.Unspecified ? step.Failure.ToString() : "";
        return string.Concat(new[] { reason, step.Detail }.Where(text => text.Length > 0).Select(text => ": " + text));
    }

    private static void ShowOutcome(IAnsiConsole console, OrderOutcome outcome)
    {
        foreach (PackageOutcome package in outcome.Packages)
        {
            Screen.Print(console, Screen.Text(
                $"  {package.Name}.{package.Architecture}: {(package.InstalledVersions.Count == 0 ? "not installed" : string.Join(" and ", package.InstalledVersions))}"
                + (package.Done ? "" : ", which is NOT what was approved"),
                package.Done ? "green" : "red bold"));
        }

        foreach (UnitOutcome unit in outcome.Units)
            Screen.Print(console, Screen.Text($"  {unit.Unit}: {(unit.RunsNow ? "runs" : "does not run")}", unit.RunsNow || !unit.RanBefore ? "default" : "red bold"));
        foreach (string line in outcome.FailedScripts.Select(script => $"  failed script: {script}").Concat(outcome.Problems.Select(problem => $"  problem: {problem}")))
            Screen.Print(console, Screen.Text(line, "red"));
        if (outcome.RebootNeeded)
            Screen.Print(console, Screen.Text("  a reboot is needed", "yellow"));
    }

    private static void Head(IAnsiConsole console, Operation operation, Order order)
    {
        Grid head = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(2)).AddColumn();
        head.AddRow(new Text("State"), OperationTable.Of(operation.State));
        if (operation.Settled)
            head.AddRow(new Text(""), Screen.Text("as a technician found; its server could not tell", "yellow"));
        head.AddRow(new Text("Customer"), Screen.Text(operation.Customer));
        if (operation.RequestId.Length > 0)
            head.AddRow(new Text("Request"), Screen.Text(operation.RequestId));
        if (operation.RolloutId.Length > 0)
            head.AddRow(new Text("Rollout"), Screen.Text(operation.RolloutId));
        if (operation.IncidentId.Length > 0)
            head.AddRow(new Text("EMERGENCY"), Screen.Text($"incident {operation.IncidentId}", "red bold"));
        if (operation.UndoesOperationId.Length > 0)
            head.AddRow(new Text("Undoes"), Screen.Text($"operation {operation.UndoesOperationId}"));
        foreach (Undoing undo in operation.UndoneBy)
            head.AddRow(new Text("Undone by"), Screen.Text($"operation {undo.OperationId}, {OperationWords.Of(undo.State).Replace('_', ' ')}"));
        head.AddRow(new Text("Backup"), BackupOf(operation));
        head.AddRow(new Text("Window"), new Text($"{Screen.Instant(Words.Of(operation.WindowStartTime))} to {Screen.Instant(Words.Of(operation.WindowEndTime))}"));
        head.AddRow(new Text("Reboot"), Screen.Text(RebootWords.Of(order.Reboot), order.Reboot == RebootPolicy.Unspecified ? "default" : "yellow"));
        head.AddRow(new Text("Order"), new Text(operation.OrderId));
        string waits = OperationTable.WaitsFor(operation);
        if (waits.Length > 0)
            head.AddRow(new Text("Waits for"), Screen.Text(waits, "yellow"));
        console.Write(head);
    }

    /// <summary>Whether what is lost could be restored: seen before anything that can lose data (SLA 6).</summary>
    public static Markup BackupOf(Operation operation) => operation.BackupOption
        ? Screen.Text("option subscribed; when it last succeeded is not reported here")
        : Screen.Text("option not subscribed: nothing restores what is lost", "yellow");

    private static void ShowSignatures(IAnsiConsole console, OperationDetail detail)
    {
        foreach (OperationSignature signature in detail.Signatures)
            Screen.Print(console, Screen.Text($"Signed {Screen.Instant(Words.Of(signature.SignedTime))} by {signature.Name} ({SealedText.Of(signature.Kind)}, key {signature.KeyId})"));
        if (detail.Operation.SignaturesMissingCount > 0)
            Screen.Print(console, Screen.Text($"{detail.Operation.SignaturesMissingCount} more must sign: haisoftctl approve {detail.Operation.OperationId} --key KEY", "yellow"));
    }

    private static void ShowStory(IAnsiConsole console, OperationDetail detail)
    {
        console.WriteLine();
        Table story = Screen.Table("When", "Who", "What", "Why");
        story.Columns[0].NoWrap();
        foreach (OperationEvent e in detail.Story)
            story.AddRow(new Text(Screen.Instant(Words.Of(e.OccurredTime))), Screen.Text(e.Actor), new Text(OperationWords.Of(e.Step).Replace('_', ' ')), Screen.Text(e.Text));
        console.Write(story);
    }
}
