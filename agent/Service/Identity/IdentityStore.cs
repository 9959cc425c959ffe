using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using HaiSoft.Agent.Linux;

namespace HaiSoft.Agent.Identity;

/// <summary>Keeps the identity in the agent's state folder: one file, mode 0600, replaced as a whole.</summary>
internal sealed partial class IdentityStore(string stateFolder)
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.Combine(stateFolder, "identity.json");

    /// <summary>True when there is one.</summary>
    public bool Exists => File.Exists(Path);

    /// <summary>Reads it.</summary>
    /// <returns>The identity; <c>null</c> when there is none.</returns>
    /// <exception cref="InvalidDataException">There is one, and it is damaged.</exception>
    public AgentIdentity? Load()
    {
        if (!Exists)
        {
            return null;
        }

        try
        {
            AgentIdentity identity = JsonSerializer.Deserialize(File.ReadAllBytes(Path), Json.Default.AgentIdentity)
                ?? throw new InvalidDataException("empty");
            identity.LoadCertificate().Dispose();
            _ = identity.Address;
            return identity;
        }
        catch (Exception error) when (error is JsonException or CryptographicException or ArgumentException or InvalidDataException)
        {
            throw new InvalidDataException($"The identity in {Path} is damaged. Enrol again with a new token: haisoft-agent enroll.", error);
        }
    }

    /// <summary>Replaces it; durable when it returns.</summary>
    public void Save(AgentIdentity identity) =>
        DurableFile.Replace(Path, JsonSerializer.SerializeToUtf8Bytes(identity, Json.Default.AgentIdentity), DurableFile.Private);

    [JsonSourceGenerationOptions(
        WriteIndented = true,
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        IgnoreReadOnlyProperties = true)]
    [JsonSerializable(typeof(AgentIdentity))]
    private sealed partial class Json : JsonSerializerContext;
}
