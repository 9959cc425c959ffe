using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace HaiSoft.Controller.Tests.Fuzz;

/// <summary>Messages with something in every field.</summary>
internal static class FilledMessages
{
    private const int Deepest = 6;

    /// <summary>One for each choice of each oneof of the message itself.</summary>
    public static IEnumerable<IMessage> Of(MessageDescriptor type) =>
        type.Oneofs.Where(oneof => !oneof.IsSynthetic).SelectMany(oneof => oneof.Fields).Select(choice => Fill(type, choice, Deepest));

    private static IMessage Fill(MessageDescriptor type, FieldDescriptor? choice, int depth)
    {
        IMessage message = type.Parser.ParseFrom(ByteString.Empty);
        if (message is Timestamp time)
            time.Seconds = 1_800_000_000;
        else if (depth > 0)
            FillFields(message, type, choice, depth);
        return message;
    }

    private static void FillFields(IMessage message, MessageDescriptor type, FieldDescriptor? choice, int depth)
    {
        foreach (FieldDescriptor field in type.Fields.InDeclarationOrder())
        {
            bool isChosen = field.RealContainingOneof is not { } oneof || field == choice || (choice?.RealContainingOneof != oneof && field == oneof.Fields[0]);
            if (!isChosen || field.IsMap)
                continue;
            if (field.IsRepeated)
                ((IList)field.Accessor.GetValue(message)).Add(Value(field, depth));
            else
                field.Accessor.SetValue(message, Value(field, depth));
        }
    }

    private static object? Value(FieldDescriptor field, int depth) => field.FieldType switch
    {
        FieldType.Message => Fill(field.MessageType, null, depth - 1),
        FieldType.String => "0123456789abcdef",
        FieldType.Bytes => ByteString.CopyFrom(new byte[16]),
        FieldType.Bool => true,
        FieldType.Double => 1.5,
        FieldType.Int32 => 1,
        FieldType.Int64 => 1L,
        FieldType.Enum => System.Enum.ToObject(field.EnumType.ClrType, 1),
        _ => throw new NotSupportedException($"{field.FullName} is of type {field.FieldType}: give it a value here."),
    };
}
