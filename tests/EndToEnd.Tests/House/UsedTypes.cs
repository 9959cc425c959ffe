using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace HaiSoft.EndToEnd.Tests.House;

/// <summary>The names of an assembly's own types in a signature or behind a token. A nested type counts as the one it is nested in.</summary>
internal sealed class UsedTypes(MetadataReader metadata) : ISignatureTypeProvider<ImmutableArray<string>, object?>
{
    internal string NameOf(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? NameOf(outer)
            : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }

    internal IEnumerable<string> In(EntityHandle entity) => entity.Kind switch
    {
        HandleKind.TypeDefinition => [NameOf((TypeDefinitionHandle)entity)],
        HandleKind.TypeSpecification => metadata.GetTypeSpecification((TypeSpecificationHandle)entity).DecodeSignature(this, null),
        HandleKind.MethodDefinition => [NameOf(metadata.GetMethodDefinition((MethodDefinitionHandle)entity).GetDeclaringType())],
        HandleKind.FieldDefinition => [NameOf(metadata.GetFieldDefinition((FieldDefinitionHandle)entity).GetDeclaringType())],
        HandleKind.MemberReference => In(metadata.GetMemberReference((MemberReferenceHandle)entity).Parent),
        HandleKind.MethodSpecification => InGenericMethod(metadata.GetMethodSpecification((MethodSpecificationHandle)entity)),
        _ => [],
    };

    public ImmutableArray<string> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [NameOf(handle)];

    public ImmutableArray<string> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [];

    public ImmutableArray<string> GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public ImmutableArray<string> GetGenericInstantiation(ImmutableArray<string> genericType, ImmutableArray<ImmutableArray<string>> typeArguments) =>
        [.. genericType, .. typeArguments.SelectMany(types => types)];

    public ImmutableArray<string> GetFunctionPointerType(MethodSignature<ImmutableArray<string>> signature) =>
        [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(types => types)];

    public ImmutableArray<string> GetModifiedType(ImmutableArray<string> modifier, ImmutableArray<string> unmodifiedType, bool isRequired) => unmodifiedType;

    public ImmutableArray<string> GetArrayType(ImmutableArray<string> elementType, ArrayShape shape) => elementType;

    public ImmutableArray<string> GetByReferenceType(ImmutableArray<string> elementType) => elementType;

    public ImmutableArray<string> GetPinnedType(ImmutableArray<string> elementType) => elementType;

    public ImmutableArray<string> GetPointerType(ImmutableArray<string> elementType) => elementType;

    public ImmutableArray<string> GetSZArrayType(ImmutableArray<string> elementType) => elementType;

    public ImmutableArray<string> GetGenericMethodParameter(object? genericContext, int index) => [];

    public ImmutableArray<string> GetGenericTypeParameter(object? genericContext, int index) => [];

    public ImmutableArray<string> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    private IEnumerable<string> InGenericMethod(MethodSpecification method) =>
        In(method.Method).Concat(method.DecodeSignature(this, null).SelectMany(types => types));
}
