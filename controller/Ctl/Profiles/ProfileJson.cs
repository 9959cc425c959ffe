using System.Text.Json.Serialization;

namespace HaiSoft.Ctl.Profiles;

/// <summary>The profile's file.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Profile))]
internal sealed partial class ProfileJson : JsonSerializerContext;
