namespace HaiSoft.Agent.Readings.Inventory;

/// <summary>Tells what the firmware knows from what a board's maker left in the form.</summary>
public static class DmiText
{
    private static readonly HashSet<string> Fillers = new(StringComparer.OrdinalIgnoreCase)
    {
        "not specified", "unknown", "none", "n/a", "na", "default string", "to be filled by o.e.m.", "to be filled by oem", "o.e.m.", "oem",
        "system manufacturer", "system product name", "system serial number", "system version", "base board serial number", "no dimm",
        "not provided", "not available", "not applicable", "empty", "undefined", "no module installed", "0", "00000000", "0123456789", "123456789", "xxxxxxxx", "chassis serial number",
    };

    /// <summary>The text, or null when it says nothing.</summary>
    public static string? Meaningful(string? text)
    {
        var trimmed = text?.Trim();
        return string.IsNullOrEmpty(trimmed) || Fillers.Contains(trimmed) || trimmed.StartsWith('<') || trimmed.Trim('.', '-', ' ', '_').Length == 0 ? null : trimmed;
    }
}
