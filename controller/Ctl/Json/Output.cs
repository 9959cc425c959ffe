using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HaiSoft.Ctl.Json;

/// <summary>What a command prints: one line of JSON for programs, or text for people; never both.</summary>
internal sealed class Output(bool json, TextWriter writer)
{
    /// <summary>For programs.</summary>
    public bool IsJson { get; } = json;

    /// <summary>Prints the shape for programs, or has it shown to people.</summary>
    public void Write<T>(T shape, JsonTypeInfo<T> type, Action show)
    {
        if (IsJson)
            writer.WriteLine(JsonSerializer.Serialize(shape, type));
        else
            show();
    }
}
