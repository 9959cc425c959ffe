using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace HaiSoft.EndToEnd.Tests.House;

/// <summary>Which folder (namespace) of a compiled assembly uses which other, read from signatures and method bodies.</summary>
internal sealed class AssemblyReferences
{
    private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value, code => code.OperandType);

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly UsedTypes _types;

    private AssemblyReferences(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
        _types = new UsedTypes(_metadata);
    }

    /// <summary>Pairs of type names (with namespace) of one assembly, the first using the second.</summary>
    internal static IReadOnlySet<(string User, string Used)> Read(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        return new AssemblyReferences(file).Read();
    }

    private HashSet<(string User, string Used)> Read()
    {
        var uses = new HashSet<(string User, string Used)>();
        foreach (var handle in _metadata.TypeDefinitions)
        {
            var user = _types.NameOf(handle);
            var type = _metadata.GetTypeDefinition(handle);
            uses.UnionWith(UsedBy(type).Select(used => (user, used)));
        }

        return uses;
    }

    private IEnumerable<string> UsedBy(TypeDefinition type)
    {
        var entities = type.GetInterfaceImplementations().Select(implemented => _metadata.GetInterfaceImplementation(implemented).Interface)
            .Append(type.BaseType)
            .Where(entity => !entity.IsNil)
            .SelectMany(_types.In);
        var fields = type.GetFields().SelectMany(field => _metadata.GetFieldDefinition(field).DecodeSignature(_types, null));
        return entities.Concat(fields).Concat(type.GetMethods().SelectMany(method => UsedBy(_metadata.GetMethodDefinition(method))));
    }

    private IEnumerable<string> UsedBy(MethodDefinition method)
    {
        var signature = method.DecodeSignature(_types, null);
        var used = signature.ParameterTypes.Append(signature.ReturnType).SelectMany(types => types);
        if (method.RelativeVirtualAddress == 0)
        {
            return used;
        }

        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        var locals = body.LocalSignature.IsNil ? [] : _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_types, null);
        return used.Concat(locals.SelectMany(types => types)).Concat(Tokens(body.GetILReader()).SelectMany(_types.In)).ToList();
    }

    private static List<EntityHandle> Tokens(BlobReader code)
    {
        var tokens = new List<EntityHandle>();
        while (code.RemainingBytes > 0)
        {
            var first = code.ReadByte();
            var operand = Operands[first == 0xFE ? unchecked((short)(0xFE00 | code.ReadByte())) : first];
            switch (operand)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    tokens.Add((EntityHandle)MetadataTokens.Handle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += targets * 4;
                    break;
                default:
                    code.Offset += Size(operand);
                    break;
            }
        }

        return tokens;
    }

    private static int Size(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
