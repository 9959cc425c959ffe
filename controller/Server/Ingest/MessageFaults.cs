using System.Collections;
using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using HaiSoft.Protocol.Agent.V1;
using HaiSoft.Protocol.Trust.V1;

namespace HaiSoft.Controller.Ingest;

/// <summary>
/// Finds what is wrong with a message of an agent, whatever its type: enum values that are unknown or unspecified, text and
/// lists that are too long, times and durations that are none, numbers that are none. Names the field.
/// </summary>
internal static class MessageFaults
{
    /// <summary>The longest list that is taken.</summary>
    public const int LongestList = 4096;

    private const int LongestText = 4096;

    // Names become keys, and a key has its bounds in a database.
    private const int LongestName = 512;

    // Words and paths, which are shown and never looked for.
    private static readonly HashSet<string> Texts = ["detail", "reason", "raw_text", "path", "mount_point", "problems"];

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
        RefusalReflection.Descriptor.FindTypeByName<EnumDescriptor>("TrustRefusal"),
        OperationsReflection.Descriptor.FindTypeByName<EnumDescriptor>("OrderFailure"),
    }.Select(type => type.FullName).ToHashSet(StringComparer.Ordinal);

    // The fields that can have a fault: most numbers cannot, and asking a field for its value boxes it.
    private static readonly ConcurrentDictionary<MessageDescriptor, FieldDescriptor[]> Suspects = new();

    /// <summary>The first fault, in words that name the field; absent when there is none.</summary>
    public static string? Find(IMessage message, string path) => FindIn(message) is { } fault ? path + fault : null;

    /// <summary>What is wrong with a time, after the name of its field; absent when nothing is.</summary>
    public static string? FindIn(Timestamp time) =>
        time.Seconds is >= EarliestSecond and < LatestSecond && time.Nanos is >= 0 and < 1_000_000_000
            ? null
            : " is not a time that can be: set the server's clock.";

    /// <summary>What is wrong with a duration, after the name of its field; absent when nothing is.</summary>
    public static string? FindIn(Duration duration) =>
        Math.Abs(duration.Seconds) < LongestDurationSeconds && Math.Abs((long)duration.Nanos) < 1_000_000_000
            ? null
            : " is not a duration that can be.";

    /// <summary>The first fault of a message, after its own path; absent when there is none. The path is put together on the way back.</summary>
    public static string? FindIn(IMessage message)
    {
        switch (message)
        {
            case Timestamp time:
                return FindIn(time);
            case Duration duration:
                return FindIn(duration);
        }

        foreach (FieldDescriptor field in Suspects.GetOrAdd(message.Descriptor, SuspectsOf))
        {
            if (FindIn(message, field) is { } fault)
                return $".{field.Name}{fault}";
        }

        return null;
    }

    private static FieldDescriptor[] SuspectsOf(MessageDescriptor type) =>
        [.. type.Fields.InDeclarationOrder().Where(field =>
            field.IsRepeated || field.FieldType is FieldType.Message or FieldType.String or FieldType.Double or FieldType.Enum)];

    private static string? FindIn(IMessage message, FieldDescriptor field)
    {
        if (field.HasPresence && !field.Accessor.HasValue(message))
            return null;
        object? value = field.Accessor.GetValue(message);
        if (!field.IsRepeated)
            return FindInValue(field, value);
        IList list = (IList)value!;
        if (list.Count > LongestList)
            return $" has {list.Count} entries; at most {LongestList} are taken.";
        // Numbers need no look each, but the values that measurements are made of.
        if (field.FieldType is FieldType.Int32 or FieldType.Int64)
            return null;
        for (int i = 0; i < list.Count; i++)
        {
            if (FindInValue(field, list[i]) is { } fault)
                return $"[{i}]{fault}";
        }

        return null;
    }

    private static string? FindInValue(FieldDescriptor field, object? value) => value switch
    {
        IMessage inner => FindIn(inner),
        string text => FindInText(text, Texts.Contains(field.Name) ? LongestText : LongestName),
        double number when !double.IsFinite(number) => " is not a number.",
        _ when field.FieldType == FieldType.Enum => FindInEnum(field.EnumType, Convert.ToInt32(value, null)),
        _ => null,
    };

    private static string? FindInText(string text, int most) =>
        text.Length > most ? $" has {text.Length} characters; at most {most} are taken."
        : text.Contains('\0') ? " has a character U+0000, which is none."
        : null;

    private static string? FindInEnum(EnumDescriptor type, int number) =>
        type.FindValueByNumber(number) is null ? $" is {number}, which this controller does not know; it may be older than the agent."
        : number == 0 && !ZeroIsAnswer.Contains(type.FullName) ? " is not set."
        : null;
}
