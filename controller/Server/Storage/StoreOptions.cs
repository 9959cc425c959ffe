namespace HaiSoft.Controller.Storage;

/// <summary>Where the controller keeps its state (configuration section <c>Controller</c>).</summary>
public sealed class StoreOptions
{
    /// <summary>Folder of the database, the keys and the tokens; made with mode 0700 when it is absent. Default: /var/lib/haisoft-controller.</summary>
    public string DataFolder { get; set; } = "/var/lib/haisoft-controller";

    /// <summary>The embedded database.</summary>
    public string DatabaseFile => Path.Combine(DataFolder, "controller.db");

    /// <summary>Every fault of these options, each saying what to do.</summary>
    internal IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(DataFolder))
            yield return "Controller:DataFolder is empty: name a folder, for example /var/lib/haisoft-controller.";
        else if (!Path.IsPathFullyQualified(DataFolder))
            yield return $"Controller:DataFolder is '{DataFolder}': give a path that starts with a slash.";
    }
}
