using System.Globalization;
using HaiSoft.Ctl.Trust;
using HaiSoft.Protocol.Trust.Orders;
using HaiSoft.Protocol.Trust.V1;
using Spectre.Console;

namespace HaiSoft.Ctl.Display;

/// <summary>A plan, for people: what comes, what goes, what has to be restarted.</summary>
internal static class PlanPage
{
    public static void Show(IAnsiConsole console, PlanFile file)
    {
        Plan plan = file.Plan;
        ShowDifference(console, plan);
        Screen.Print(
            console,
            Screen.Text($"To be kept on the disk: {Size(plan.InstalledGrowthBytes)} more; {Size(plan.FreeBytes)} are free"),
            Screen.Text($"Resolved {SealedText.Of(plan.CreatedTime)} by catalogue {plan.CatalogueVersion}"),
            Screen.Text($"For the machine {plan.MachineId}"),
            Screen.Text("Fingerprint of the exact bytes:"),
            Screen.Text("  " + Fingerprint.Of(file.Sha256), "bold"));
    }

    /// <summary>What a plan changes, without where and when it was resolved.</summary>
    public static void ShowDifference(IAnsiConsole console, Plan plan)
    {
        Screen.Print(console, Screen.Text($"Plan: {SealedText.Of(plan.Kind())}", "bold"));
        foreach (string line in Operation(plan))
            Screen.Print(console, Screen.Text("  " + line, "bold"));
        if (plan.Changes.Count == 0)
            Screen.Print(console, Screen.Text("Nothing is left to do.", "green"));
        else
            ShowChanges(console, plan);
        foreach (ConfigurationFileChange change in plan.ConfigurationFiles)
            Screen.Print(console, Screen.Text($"{change.Path} ({change.Package}): {Of(change.Effect)}", "yellow"));
        if (plan.RestartedUnits.Count > 0)
            Screen.Print(console, Screen.Text($"To be restarted: {string.Join(", ", plan.RestartedUnits)}", "yellow"));
        if (plan.StoppedUnits.Count > 0)
            Screen.Print(console, Screen.Text($"To be stopped: {string.Join(", ", plan.StoppedUnits)}", "yellow"));
        if (plan.ReopenedAdvisories.Count > 0)
            Screen.Print(console, Screen.Text($"Security advisories that are OPEN AGAIN afterwards: {string.Join(", ", plan.ReopenedAdvisories)}", "red bold"));
        if (plan.RebootNeeded)
            Screen.Print(console, Screen.Text("A reboot is needed afterwards.", "red bold"));
        ShowUndo(console, plan);
    }

    private static void ShowUndo(IAnsiConsole console, Plan plan)
    {
        List<PackageChange> missing = [.. plan.NotToBeBroughtBack()];
        if (plan.Changes.Count > 0 && missing.Count == 0)
            Screen.Print(console, Screen.Text("Can be undone: what it replaces is kept for 30 days."));
        foreach (PackageChange change in missing)
            Screen.Print(console, Screen.Text($"CANNOT be undone: {change.Name} {change.OldVersion} is not to be had ({change.OldFileMissing})", "yellow"));
    }

    private static void ShowChanges(IAnsiConsole console, Plan plan)
    {
        Table table = Screen.Table("", "Package", "Now", "Then", "From", "Size", "Closes");
        foreach (PackageChange change in plan.Changes)
        {
            table.AddRow(
                Of(change.Action),
                Screen.Text($"{change.Name}.{change.Architecture}{(change.Reason == PackageReason.Needed ? " (needed)" : "")}"),
                Screen.Text(change.OldVersion),
                Screen.Text(change.NewVersion),
                Screen.Text(change.File is { } file ? file.RepositoryId + VendorChange(change, file) : ""),
                Screen.Text(change.File is { } sized ? Size(sized.SizeBytes) : ""),
                Screen.Text(string.Join(", ", change.Advisories)));
        }

        Screen.Print(console, table);
    }

    private static string VendorChange(PackageChange change, PackageFile file) =>
        change.OldVendor.Length > 0 && change.OldVendor != file.Vendor ? $", vendor {change.OldVendor} becomes {file.Vendor}" : "";

    private static IEnumerable<string> Operation(Plan plan) => plan.OperationCase switch
    {
        Plan.OperationOneofCase.InstallPackages => plan.InstallPackages.Packages.Select(OperationText.Of),
        Plan.OperationOneofCase.UpdatePackages => plan.UpdatePackages.Names,
        Plan.OperationOneofCase.SecurityUpdates => [OperationText.SecurityUpdates],
        Plan.OperationOneofCase.Undo => [OperationText.Of(plan.Undo)],
        _ => [],
    };

    private static Markup Of(PackageAction action) => action switch
    {
        PackageAction.Install => Screen.Text("install", "green"),
        PackageAction.Upgrade => Screen.Text("upgrade", "green"),
        PackageAction.Downgrade => Screen.Text("downgrade", "yellow"),
        PackageAction.Reinstall => Screen.Text("reinstall"),
        PackageAction.Remove => Screen.Text("REMOVE", "red bold"),
        PackageAction.Obsolete => Screen.Text("OBSOLETE", "red bold"),
        _ => Screen.Text("unknown", "red bold"),
    };

    private static string Of(ConfigurationFileEffect effect) => effect switch
    {
        ConfigurationFileEffect.NewBeside => "was changed here and stays; the new one is laid beside it (.rpmnew)",
        ConfigurationFileEffect.OldSaved => "was changed here and is replaced; it is kept (.rpmsave)",
        _ => "unknown",
    };

    /// <summary>"12.3 MB".</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 0 => "-" + Size(-bytes),
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB"),
    };
}
