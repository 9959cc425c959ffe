using System.Text.Json.Serialization;

namespace HaiSoft.Ctl.Json;

/// <summary>How the shapes are written: snake_case, nulls included, so that every field is always there.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<CustomerShape>))]
[JsonSerializable(typeof(IReadOnlyList<ServerShape>))]
[JsonSerializable(typeof(ServerDetailShape))]
[JsonSerializable(typeof(IncidentListShape))]
[JsonSerializable(typeof(IncidentDetailShape))]
[JsonSerializable(typeof(IReadOnlyList<PersonShape>))]
[JsonSerializable(typeof(PersonLinkShape))]
[JsonSerializable(typeof(IReadOnlyList<RequestShape>))]
[JsonSerializable(typeof(RequestDetailShape))]
[JsonSerializable(typeof(TokenShape))]
[JsonSerializable(typeof(RevokedShape))]
[JsonSerializable(typeof(TrustedShape))]
[JsonSerializable(typeof(ImportedShape))]
[JsonSerializable(typeof(ChecksShape))]
[JsonSerializable(typeof(CheckedShape))]
[JsonSerializable(typeof(KeyShape))]
[JsonSerializable(typeof(SealedShape))]
[JsonSerializable(typeof(WrittenShape))]
[JsonSerializable(typeof(CheckedCatalogueShape))]
[JsonSerializable(typeof(PublishedShape))]
[JsonSerializable(typeof(CatalogueStateShape))]
[JsonSerializable(typeof(PlanShape))]
[JsonSerializable(typeof(IReadOnlyList<OperationShape>))]
[JsonSerializable(typeof(OperationDetailShape))]
[JsonSerializable(typeof(OperationNewsShape))]
[JsonSerializable(typeof(ErrorShape))]
internal sealed partial class ShapesJson : JsonSerializerContext;
