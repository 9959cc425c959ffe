using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace HaiSoft.Ctl.Trust;

/// <summary>Whether a JSON text has the shape of a message, and on which line each part of it is: protobuf's own parser tells no lines.</summary>
internal sealed class JsonShape
{
    private const string Timestamp = "google.protobuf.Timestamp";
    private readonly byte[] _text;
    private readonly List<(int Line, string Words)> _faults = [];
    private readonly Dictionary<string, int> _lines = new() { [""] = 1 };

    public JsonShape(byte[] text, MessageDescriptor type)
    {
        _text = text;
        try
        {
            Utf8JsonReader reader = new(text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            reader.Read();
            TakeMessage(ref reader, type, "");
            while (reader.Read())
            {
                // What follows the end is a fault of its own.
            }
        }
        catch (JsonException e)
        {
            _faults.Add(((int)(e.LineNumber ?? 0) + 1, $"is not JSON: {e.Message.Split(" LineNumber")[0]}"));
        }
    }

    /// <summary>Lines count from 1.</summary>
    public IReadOnlyList<(int Line, string Words)> Faults => _faults;

    /// <summary>The line of a part, or of the nearest part around it that is there.</summary>
    /// <param name="path">"packages[2].repositoryId".</param>
    public int LineOf(string path)
    {
        int line;
        while (!_lines.TryGetValue(path, out line))
            path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
        return line;
    }

    private void TakeMessage(ref Utf8JsonReader reader, MessageDescriptor type, string path)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Fault(ref reader, path, "is not an object: { ... }.");
            return;
        }

        HashSet<string> seen = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            TakeMember(ref reader, type, path.Length == 0 ? "" : path + ".", seen);
    }

    private void TakeMember(ref Utf8JsonReader reader, MessageDescriptor type, string prefix, HashSet<string> seen)
    {
        string name = Encoding.UTF8.GetString(reader.ValueSpan);
        FieldDescriptor? field = type.Fields.InDeclarationOrder().FirstOrDefault(field => field.JsonName == name || field.Name == name);
        string path = prefix + (field?.JsonName ?? name);
        string? misplaced = WhyMisplaced(type, field, seen);
        if (misplaced is not null)
            Fault(ref reader, path, misplaced);
        reader.Read();
        if (misplaced is not null || field is null)
            reader.Skip();
        else if (field.IsRepeated)
            TakeList(ref reader, field, path);
        else
            TakeValue(ref reader, field, path);
    }

    private static string? WhyMisplaced(MessageDescriptor type, FieldDescriptor? field, HashSet<string> seen)
    {
        if (field is null)
            return $"there is no such field; here belong {Names(type.Fields.InDeclarationOrder())}.";
        if (!seen.Add(field.JsonName))
            return "is there already.";
        return field.RealContainingOneof is { } choice && !seen.Add(choice.FullName) ? $"only one belongs here of {Names(choice.Fields)}." : null;
    }

    private static string Names(IEnumerable<FieldDescriptor> fields) => string.Join(", ", fields.Select(field => field.JsonName));

    private void TakeList(ref Utf8JsonReader reader, FieldDescriptor field, string path)
    {
        _lines[path] = Line(ref reader);
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Fault(ref reader, path, "is not a list: [ ... ].");
            return;
        }

        for (int i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
            TakeValue(ref reader, field, $"{path}[{i}]");
    }

    private void TakeValue(ref Utf8JsonReader reader, FieldDescriptor field, string path)
    {
        _lines[path] = Line(ref reader);
        if (reader.TokenType == JsonTokenType.Null)
            Fault(ref reader, path, "is null: leave it out.");
        else if (field.FieldType == FieldType.Message && field.MessageType.FullName != Timestamp)
            TakeMessage(ref reader, field.MessageType, path);
        else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            Fault(ref reader, path, $"is not {Wanted(field)}.");
        else
            TakeScalar(ref reader, field, path);
    }

    // One value alone, as protobuf itself reads it.
    private void TakeScalar(ref Utf8JsonReader reader, FieldDescriptor field, string path)
    {
        string value = Encoding.UTF8.GetString(_text.AsSpan((int)reader.TokenStartIndex..(int)reader.BytesConsumed));
        try
        {
            JsonParser.Default.Parse($"{{\"{field.JsonName}\":{(field.IsRepeated ? $"[{value}]" : value)}}}", field.ContainingType);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException)
        {
            Fault(ref reader, path, $"is not {Wanted(field)}.");
        }
    }

    private static string Wanted(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Enum => "one of " + string.Join(", ", field.EnumType.Values.Skip(1).Select(value => value.Name)),
        FieldType.Message => "an instant: \"2026-11-22T14:00:00Z\"",
        FieldType.Bytes => "base64",
        FieldType.Bool => "true or false",
        FieldType.String => "text",
        _ => "a whole number",
    };

    private void Fault(ref Utf8JsonReader reader, string path, string words)
    {
        _faults.Add((Line(ref reader), path.Length == 0 ? words : $"{path}: {words}"));
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            reader.Skip();
    }

    private int Line(ref Utf8JsonReader reader) => _text.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n') + 1;
}
