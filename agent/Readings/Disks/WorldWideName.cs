using System.Globalization;
using System.Text.Json;

namespace HaiSoft.Agent.Readings.Disks;

/// <summary>World-wide names as smartctl splits them, put together again.</summary>
// "wwn": { "naa": 5, "oui": 1193046, "id": 19088743 }                             -> 5123456001234567
// "nvme_namespaces": [{ "id": 1, "eui64": { "oui": 1193046, "ext_id": 4886718345 } }] -> 1234560123456789
// "logical_unit_id": "0x5123456001234567"
internal static class WorldWideName
{
    public static string? Of(JsonElement root) => Naa(root) ?? Eui(root) ?? LogicalUnit(root);

    private static string? Naa(JsonElement root) =>
        Json.Long(root, "wwn", "naa") is >= 0 and <= 0xF and var naa
        && Json.Long(root, "wwn", "oui") is >= 0 and <= 0xFF_FFFF and var oui
        && Json.Long(root, "wwn", "id") is >= 0 and <= 0xF_FFFF_FFFF and var id
            ? string.Create(CultureInfo.InvariantCulture, $"{naa:x}{oui:x6}{id:x9}")
            : null;

    private static string? Eui(JsonElement root)
    {
        foreach (var space in Json.Items(root, "nvme_namespaces"))
            if (Json.Long(space, "eui64", "oui") is >= 0 and <= 0xFF_FFFF and var oui
                && Json.Long(space, "eui64", "ext_id") is >= 0 and <= 0xFF_FFFF_FFFF and var id
                && (oui | id) != 0)
                return string.Create(CultureInfo.InvariantCulture, $"{oui:x6}{id:x10}");
        return null;
    }

    private static string? LogicalUnit(JsonElement root) =>
        Json.Text(root, "logical_unit_id") is { } text && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? text[2..].ToLowerInvariant()
            : null;
}
