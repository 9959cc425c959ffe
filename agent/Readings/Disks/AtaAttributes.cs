using System.Globalization;
using System.Text.Json;

namespace HaiSoft.Agent.Readings.Disks;

/// <summary>Reads the table of ATA attributes. One entry that is not understood makes the whole table so: none is dropped.</summary>
// "ata_smart_attributes": { "revision": 16, "table": [
//   { "id": 5, "name": "Reallocated_Sector_Ct", "value": 100, "worst": 100, "thresh": 10, "when_failed": "",
//     "flags": { "value": 51, "string": "PO--CK ", "prefailure": true }, "raw": { "value": 0, "string": "0" } },
//   { "id": 194, "name": "Temperature_Celsius", "value": 69, "worst": 52, "thresh": 0, "when_failed": "",
//     "flags": { "value": 34, "prefailure": false }, "raw": { "value": 137440067615, "string": "31 (Min/Max 21/48)" } } ] }
internal static class AtaAttributes
{
    public static bool TryRead(JsonElement root, out IReadOnlyList<AtaAttribute> attributes, out string problem)
    {
        problem = "";
        var read = new List<AtaAttribute>();
        attributes = read;
        foreach (var entry in Json.Items(root, "ata_smart_attributes", "table"))
        {
            if (Read(entry) is not { } attribute)
            {
                attributes = [];
                problem = string.Create(CultureInfo.InvariantCulture, $"attribute {Json.Long(entry, "id")}: it is not what smartctl prints");
                return false;
            }

            read.Add(attribute);
        }

        return true;
    }

    private static AtaAttribute? Read(JsonElement entry) =>
        Json.Integer(entry, "id") is >= 1 and <= 255 and var number
        && Json.Integer(entry, "value") is { } value
        && Json.Long(entry, "raw", "value") is { } raw
            ? new AtaAttribute
            {
                Number = number,
                Name = Json.Text(entry, "name") ?? "",
                Value = value,
                Worst = Json.Integer(entry, "worst") ?? value,
                Threshold = Json.Integer(entry, "thresh") ?? 0, // a disk without thresholds: never fails
                Raw = raw,
                RawText = Json.Text(entry, "raw", "string") ?? raw.ToString(CultureInfo.InvariantCulture),
                Prefailure = Json.Flag(entry, "flags", "prefailure") ?? false,
                Failed = Json.Text(entry, "when_failed") switch
                {
                    "now" => AttributeFailed.Now,
                    "past" => AttributeFailed.Past,
                    _ => AttributeFailed.Never,
                },
            }
            : null;
}
