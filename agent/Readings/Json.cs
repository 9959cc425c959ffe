using System.Text.Json;

namespace HaiSoft.Agent.Readings;

/// <summary>Looks into the JSON of tools: what is missing or of another type is absent, and nothing throws.</summary>
internal static class Json
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowTrailingCommas = true };

    /// <summary>The document, or null and why.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> text, out string problem)
    {
        problem = "";
        try
        {
            if (text.Span.Trim((byte)'\n').IsEmpty)
            {
                problem = "it printed nothing";
                return null;
            }

            var document = JsonDocument.Parse(text, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            problem = "its output is not a JSON object";
        }
        catch (JsonException ex)
        {
            problem = $"its output is not JSON (line {ex.LineNumber + 1}, byte {ex.BytePositionInLine})";
        }

        return null;
    }

    /// <summary>What lies at the path; absent when a part of it is missing or null.</summary>
    public static JsonElement? Find(JsonElement from, params ReadOnlySpan<string> path)
    {
        try
        {
            foreach (var name in path)
                if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(name, out from))
                    return null;
            return from.ValueKind == JsonValueKind.Null ? null : from;
        }
        catch (InvalidOperationException)
        {
            return null; // a name that is no text
        }
    }

    /// <summary>The items of an array, none when there is no array.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement from, params ReadOnlySpan<string> path) =>
        Find(from, path) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>A text that is not empty, without surrounding blanks.</summary>
    public static string? Text(JsonElement from, params ReadOnlySpan<string> path)
    {
        if (Find(from, path) is not { ValueKind: JsonValueKind.String } element)
            return null;
        try
        {
            var text = element.GetString()!.Trim();
            return text.Length == 0 ? null : text;
        }
        catch (InvalidOperationException)
        {
            return null; // a firmware's bytes that are no text
        }
    }

    /// <summary>A whole number that fits 64 bits.</summary>
    public static long? Long(JsonElement from, params ReadOnlySpan<string> path) =>
        Find(from, path) is { ValueKind: JsonValueKind.Number } element && element.TryGetInt64(out var value) ? value : null;

    /// <summary>A whole number that fits 32 bits.</summary>
    public static int? Integer(JsonElement from, params ReadOnlySpan<string> path) =>
        Find(from, path) is { ValueKind: JsonValueKind.Number } element && element.TryGetInt32(out var value) ? value : null;

    /// <summary>A whole number from 0 on: a count, a size.</summary>
    public static long? Count(JsonElement from, params ReadOnlySpan<string> path) => Long(from, path) is >= 0 and var value ? value : null;

    /// <summary>A finite number.</summary>
    public static double? Number(JsonElement from, params ReadOnlySpan<string> path) =>
        Find(from, path) is { ValueKind: JsonValueKind.Number } element && element.TryGetDouble(out var value) && double.IsFinite(value)
            ? value
            : null;

    /// <summary>True or false.</summary>
    public static bool? Flag(JsonElement from, params ReadOnlySpan<string> path) => Find(from, path)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
