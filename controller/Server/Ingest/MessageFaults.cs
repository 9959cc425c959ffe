using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Agent.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Finds what is wrong with a message of an agent, whatever its type: enum values that are unknown or unspecified, text and
/// lists that are too long, times and durations that are none, numbers that are none. Names the field.
/// </summary>
internal static class MessageFaults
{
    private const int LongestText = 4096;
    private const int LongestList = 4096;

    // 1990 to 2200: beyond, a clock was not set but broken.
    private const long EarliestSecond = 631_152_000;
    private const long LatestSecond = 7_258_118_400;
    private const long LongestDurationSeconds = 10L * 366 * 24 * 3600;

    // Zero means "could not be told" there; elsewhere it is refused.
    private static readonly HashSet<string> ZeroIsAnswer = new[]
    {
        HardwareReflection.Descriptor.FindTypeByName<EnumDescriptor>("DiskProtocol"),
        HardwareReflection.Descriptor.FindTypeByName<EnumDescriptor>("AttributeFailed"),
        InventoryReflection.Descriptor.FindTypeByName<EnumDescriptor>("Virtualization"),
        InventoryReflection.Descriptor.FindTypeByName<EnumDescriptor>("PackageManager"),
    }.Select(type => type.FullName).ToHashSet(StringComparer.Ordinal);

    /// <summary>The first fault, in words that name the field; absent when there is none.</summary>
    public static string? Find(IMessage message, string path)
    {
        switch (message)
        {
            case Timestamp time:
                return time.Seconds is >= EarliestSecond and < LatestSecond && time.Nanos is >= 0 and < 1_000_000_000
                    ? null
                    : $"{path} is not a time that can be: set the server's clock.";
            case Duration duration:
                return Math.Abs(duration.Seconds) < LongestDurationSeconds && Math.Abs((long)duration.Nanos) < 1_000_000_000
                    ? null
                    : $"{path} is not a duration that can be.";
        }

        foreach (FieldDescriptor field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (FindIn(message, field, $"{path}.{field.Name}") is { } fault)
                return fault;
        }

        return null;
    }

    private static string? FindIn(IMessage message, FieldDescriptor field, string path)
    {
        if (field.HasPresence && !field.Accessor.HasValue(message))
            return null;
        object? value = field.Accessor.GetValue(message);
        if (!field.IsRepeated)
            return FindInValue(field, value, path);
        System.Collections.IList list = (System.Collections.IList)value!;
        if (list.Count > LongestList)
            return $"{path} has {list.Count} entries; at most {LongestList} are taken.";
        // Numbers need no look each, but the values that measurements are made of.
        if (field.FieldType is FieldType.Int32 or FieldType.Int64)
            return null;
        for (int i = 0; i < list.Count; i++)
        {
            if (FindInValue(field, list[i], $"{path}[{i}]") is { } fault)
                return fault;
        }

        return null;
    }

    private static string? FindInValue(FieldDescriptor field, object? value, string path) => value switch
    {
        IMessage inner => Find(inner, path),
        string text when text.Length > LongestText => $"{path} has {text.Length} characters; at most {LongestText} are taken.",
        double number when !double.IsFinite(number) => $"{path} is not a number.",
        _ when field.FieldType == FieldType.Enum => FindInEnum(field.EnumType, Convert.ToInt32(value, null), path),
        _ => null,
    };

    private static string? FindInEnum(EnumDescriptor type, int number, string path) =>
        type.FindValueByNumber(number) is null ? $"{path} is {number}, which this controller does not know; it may be older than the agent."
        : number == 0 && !ZeroIsAnswer.Contains(type.FullName) ? $"{path} is not set."
        : null;
}
